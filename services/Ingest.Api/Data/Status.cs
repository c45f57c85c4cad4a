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

internal static class Milliseconds
{
    /// <summary>Now, truncated to what every database keeps: an answer reads the same before and after it was stored.</summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
