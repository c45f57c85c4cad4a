using Podcast.Contracts;

namespace Podcast.Ingest.Api.Data;

/// <summary>Where an episode is: our two words for the time before the orchestrator knows it, then the orchestrator's own.</summary>
internal static class Status
{
    /// <summary>Its address for the upload was given out.</summary>
    public const string AwaitingUpload = "awaiting_upload";

    /// <summary>The raw video is in place; the orchestrator has not answered yet.</summary>
    public const string Uploaded = "uploaded";

    public static IReadOnlyList<string> All { get; } = [AwaitingUpload, Uploaded, .. WireNames<EpisodeStatus>.All];

    public static string Of(EpisodeStatus status) => WireNames<EpisodeStatus>.Of(status);
}
