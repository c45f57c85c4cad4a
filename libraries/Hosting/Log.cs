namespace Podcast.Hosting;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The database {Owner} is up to date; {Count} migration(s) applied")]
    public static partial void Migrated(this ILogger logger, string owner, int count);

    [LoggerMessage(LogLevel.Warning, "Waiting up to {Timeout} for the database {Owner}: {Reason}")]
    public static partial void Waiting(this ILogger logger, string owner, TimeSpan timeout, string reason);

    [LoggerMessage(LogLevel.Error, "Periodic work failed; the next attempt is in {Interval}")]
    public static partial void PeriodicWorkFailed(this ILogger logger, Exception failure, TimeSpan interval);

    [LoggerMessage(LogLevel.Warning, "The gauges of {What} show nothing now: {Error}")]
    public static partial void GaugesNotRead(this ILogger logger, string what, string error);

    [LoggerMessage(LogLevel.Warning, "Stopped before all work was done; what was not goes back to its queue")]
    public static partial void StoppedInTheMiddle(this ILogger logger);
}
