namespace Podcast.Orchestrator;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The sweep for due episodes failed; it goes on with the next round")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Old rows of Ittybit's tasks could not be deleted; the next round tries again")]
    public static partial void CleanupFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Reports of {Count} Ittybit tasks are deleted: no episode ever had those tasks")]
    public static partial void ReportsOfNobodysTasks(this ILogger logger, int count);
}
