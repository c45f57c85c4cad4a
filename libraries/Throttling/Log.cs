namespace Podcast.Throttling;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error,
        "All calls to {Lane} are paused, in every process: {Reason} It is tried again at {Until:u}, or as soon as somebody resumes it")]
    public static partial void Paused(this ILogger logger, string lane, string reason, DateTimeOffset until);

    [LoggerMessage(LogLevel.Information, "Calls to {Lane} are no longer held back, by {By}: {Reason}")]
    public static partial void Opened(this ILogger logger, string lane, string by, string? reason);

    [LoggerMessage(LogLevel.Warning, "No process calls {Lane} before {Until:u}, and from then on {Pace}: {Reason}")]
    public static partial void Slowed(this ILogger logger, string lane, DateTimeOffset? until, string pace, string reason);

    [LoggerMessage(LogLevel.Warning, "The lane of {Lane} cannot be read, so it is not called: {Error}")]
    public static partial void NotRead(this ILogger logger, string lane, string error);

    [LoggerMessage(LogLevel.Warning, "What {Lane} answered ({StatusCode}) could not be written to its lane: {Error}")]
    public static partial void NotWritten(this ILogger logger, string lane, int statusCode, string error);

    [LoggerMessage(LogLevel.Warning, "A change of the lane of {Lane} was not published; an opening is published later: {Error}")]
    public static partial void NotPublished(this ILogger logger, string lane, string error);
}
