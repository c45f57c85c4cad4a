namespace Podcast.Processing;

/// <summary>All log messages of the worker. They contain no keys, callbacks or addresses of outputs.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Ittybit accepted {Task}, attempt {Attempt}, of episode {EpisodeId} as {IttybitTaskId}")]
    public static partial void TaskAccepted(this ILogger logger, TaskKind task, int attempt, Guid episodeId, string ittybitTaskId);

    [LoggerMessage(LogLevel.Information, "Found {Task}, attempt {Attempt}, of episode {EpisodeId} at Ittybit as {IttybitTaskId}")]
    public static partial void TaskFound(this ILogger logger, TaskKind task, int attempt, Guid episodeId, string ittybitTaskId);

    [LoggerMessage(
        LogLevel.Warning, "Ittybit did not accept {Task}, attempt {Attempt}, of episode {EpisodeId} (transient: {Transient}): {Reason}")]
    public static partial void TaskNotAccepted(
        this ILogger logger, TaskKind task, int attempt, Guid episodeId, bool transient, string reason);

    [LoggerMessage(LogLevel.Warning, "{Task}, attempt {Attempt}, of episode {EpisodeId} must wait until {Until}: {Reason}")]
    public static partial void TaskDeferred(
        this ILogger logger, TaskKind task, int attempt, Guid episodeId, DateTimeOffset until, string reason);

    [LoggerMessage(LogLevel.Warning, "Ittybit does not say how {IttybitTaskId} of episode {EpisodeId} stands: {Reason}")]
    public static partial void TaskNotChecked(this ILogger logger, string ittybitTaskId, Guid episodeId, string reason);

    [LoggerMessage(LogLevel.Warning, "Ittybit no longer knows {IttybitTaskId} of episode {EpisodeId}")]
    public static partial void TaskLost(this ILogger logger, string ittybitTaskId, Guid episodeId);

    [LoggerMessage(LogLevel.Information, "Looked at {Outputs} outputs of episode {EpisodeId}: {Objections} objections")]
    public static partial void OutputsChecked(this ILogger logger, Guid episodeId, int outputs, int objections);

    [LoggerMessage(LogLevel.Warning, "The outputs of episode {EpisodeId} cannot be looked at now: {Reason}")]
    public static partial void OutputCheckDelayed(this ILogger logger, Guid episodeId, string reason);

    [LoggerMessage(LogLevel.Information, "Described media {MediaId} of episode {EpisodeId}")]
    public static partial void MediaDescribed(this ILogger logger, Guid episodeId, string mediaId);

    [LoggerMessage(LogLevel.Warning, "{By} asked to resume {Lane}, which is no lane of ours")]
    public static partial void NoSuchLane(this ILogger logger, string lane, string by);

    [LoggerMessage(LogLevel.Warning, "Left the media of episode {EpisodeId} undescribed: {Reason}")]
    public static partial void MediaNotDescribed(this ILogger logger, Guid episodeId, string reason);
}
