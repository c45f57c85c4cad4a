namespace Podcast.Ingest.Api.Data;

/// <summary>
/// The status of an episode: two values of our own until the orchestrator's first snapshot, then <see cref="EpisodeStatus"/>.
/// </summary>
internal static class Status
{
    public const string AwaitingUpload = "awaiting_upload";
    public const string Uploaded = "uploaded"; // or submitted by address

    public static IReadOnlyList<string> All { get; } = [AwaitingUpload, Uploaded, .. WireNames<EpisodeStatus>.All];

    /// <summary>Those of which something is still to come, by itself or by a person; a failed episode has ended.</summary>
    public static string[] Unfinished { get; } =
        [AwaitingUpload, Uploaded, Of(EpisodeStatus.Processing), Of(EpisodeStatus.Completing), Of(EpisodeStatus.Held)];

    /// <summary>The same in SQL, for an index of few rows.</summary>
    public static string IsUnfinished { get; } = $"status IN ({string.Join(", ", Unfinished.Select(status => $"'{status}'"))})";

    public static string Of(EpisodeStatus status) => WireNames<EpisodeStatus>.Of(status);
}
