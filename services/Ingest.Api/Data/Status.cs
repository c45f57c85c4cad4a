namespace Podcast.Ingest.Api.Data;

/// <summary>
/// The status of an episode: two values of our own until the orchestrator's first snapshot, then <see cref="EpisodeStatus"/>.
/// </summary>
internal static class Status
{
    public const string AwaitingUpload = "awaiting_upload";
    public const string Uploaded = "uploaded"; // or submitted by address

    public static IReadOnlyList<string> All { get; } = [AwaitingUpload, Uploaded, .. WireNames<EpisodeStatus>.All];

    public static string Of(EpisodeStatus status) => WireNames<EpisodeStatus>.Of(status);
}
