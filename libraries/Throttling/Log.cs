namespace Podcast.Throttling;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "No process calls {Lane} before {Until:u}, and from then on {Pace}: {Reason}")]
    public static partial void Slowed(this ILogger logger, string lane, DateTimeOffset? until, string pace, string reason);

    [LoggerMessage(LogLevel.Warning, "The lane of {Lane} cannot be read, so it is not called: {Error}")]
    public static partial void NotRead(this ILogger logger, string lane, string error);

    [LoggerMessage(LogLevel.Warning, "What {Lane} answered ({StatusCode}) could not be written to its lane: {Error}")]
    public static partial void NotWritten(this ILogger logger, string lane, int statusCode, string error);
}
