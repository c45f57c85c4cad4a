namespace Podcast.Ingest.Api;

/// <summary>All log messages of this service. They contain no titles, addresses or payloads.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Upload of episode {EpisodeId} prepared")]
    public static partial void UploadPrepared(this ILogger logger, Guid episodeId);

    [LoggerMessage(LogLevel.Information, "Upload of episode {EpisodeId} confirmed")]
    public static partial void UploadConfirmed(this ILogger logger, Guid episodeId);

    [LoggerMessage(LogLevel.Information, "Episode {EpisodeId} submitted by address")]
    public static partial void EpisodeSubmitted(this ILogger logger, Guid episodeId);

    [LoggerMessage(LogLevel.Warning, "Upload of episode {EpisodeId} accepted unchecked, Ittybit does not answer: {Reason}")]
    public static partial void UploadNotChecked(this ILogger logger, Guid episodeId, string reason);

    [LoggerMessage(LogLevel.Warning, "The host of a submitted address could not be looked up ({Error}); the address is taken without")]
    public static partial void SourceNotLookedUp(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Warning, "Ittybit signs no upload: {Reason}")]
    public static partial void UploadNotSigned(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Nobody took up episode {EpisodeId}: announced again")]
    public static partial void EpisodeAnnouncedAgain(this ILogger logger, Guid episodeId);

    [LoggerMessage(LogLevel.Warning, "Episodes are shown without how Ittybit's lane stands: {Error}")]
    public static partial void LaneUnknown(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Information, "{Action} of episode {EpisodeId} asked for")]
    public static partial void ActionRequested(this ILogger logger, string action, Guid episodeId);

    [LoggerMessage(LogLevel.Information, "An operator asked for {Action} of {Target}")]
    public static partial void OperatorActed(this ILogger logger, string action, string target);

    [LoggerMessage(LogLevel.Error, "Ittybit task {IttybitTaskId} of episode {EpisodeId} ({Task}) is already another task's: not linked")]
    public static partial void IttybitTaskTaken(this ILogger logger, string ittybitTaskId, Guid episodeId, TaskKind task);

    [LoggerMessage(LogLevel.Error, "A snapshot of episode {EpisodeId} names another owner; the episode keeps the one it has")]
    public static partial void OwnerDiffers(this ILogger logger, Guid episodeId);

    [LoggerMessage(LogLevel.Information, "Transcript of episode {EpisodeId} stored: {Characters} characters")]
    public static partial void TranscriptStored(this ILogger logger, Guid episodeId, int characters);

    [LoggerMessage(LogLevel.Warning, "Rejected the transcript of episode {EpisodeId} (transient: {Transient}): {Reason}")]
    public static partial void TranscriptRejected(this ILogger logger, Guid episodeId, bool transient, string reason);
}
