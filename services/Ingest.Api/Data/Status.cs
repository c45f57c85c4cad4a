namespace Podcast.Ingest.Api.Data;

/// <summary>
/// The status of an episode: two values of our own until the orchestrator's first snapshot, then <see cref="EpisodeStatus"/>.
/// </summary>
internal static class Status
{
    /// <summary>The upload address was issued; the upload is not confirmed.</summary>
    public const string AwaitingUpload = "awaiting_upload";

    /// <summary>The raw video is available; the orchestrator has sent no snapshot yet.</summary>
    public const string Uploaded = "uploaded";

    public static IReadOnlyList<string> All { get; } = [AwaitingUpload, Uploaded, .. WireNames<EpisodeStatus>.All];

    public static string Of(EpisodeStatus status) => WireNames<EpisodeStatus>.Of(status);
}

internal static class Milliseconds
{
    /// <summary>
    /// Now, truncated to milliseconds, which every database keeps: an answer reads the same before and after it was stored.
    /// </summary>
    public static DateTimeOffset GetUtcMilliseconds(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
