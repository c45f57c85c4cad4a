namespace Podcast.Throttling;

internal static partial class LaneLog
{
    [LoggerMessage(LogLevel.Error,
        "All calls to {Lane} are paused, in every process: {Reason} It is tried again at {Until:u}, or as soon as somebody resumes it")]
    public static partial void Paused(this ILogger logger, string lane, string reason, DateTimeOffset until);

    [LoggerMessage(LogLevel.Information, "Calls to {Lane} are no longer held back, by {By}: {Reason}")]
    public static partial void Opened(this ILogger logger, string lane, string by, string? reason);

    [LoggerMessage(LogLevel.Warning, "A change of the lane of {Lane} was not published; an opening is published later: {Error}")]
    public static partial void NotPublished(this ILogger logger, string lane, string error);
}
