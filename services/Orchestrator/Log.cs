namespace Podcast.Orchestrator;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The sweep for due episodes failed; it goes on with the next round")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Removing old Ittybit task ids failed; it is tried again in the next round")]
    public static partial void CleanupFailed(this ILogger logger, Exception exception);
}
