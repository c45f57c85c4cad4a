namespace Podcast.Emulators;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Ittybit emulator: {Kind} is {How}")]
    public static partial void MediaPart(this ILogger logger, string kind, string how);

    [LoggerMessage(LogLevel.Information, "Ittybit emulator: the chaos dial was set, seed {Seed}, dialect {Dialect}")]
    public static partial void ChaosSet(this ILogger logger, int seed, Dialect dialect);

    [LoggerMessage(LogLevel.Warning, "{Tool} ended with {ExitCode}: {LastError}")]
    public static partial void ToolFailed(this ILogger logger, string tool, int exitCode, string? lastError);

    [LoggerMessage(LogLevel.Error, "Task {TaskId} broke")]
    public static partial void TaskBroke(this ILogger logger, string taskId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The webhook of task {TaskId} was given up after {Attempts} attempts, the last answered {Answer}")]
    public static partial void WebhookGivenUp(this ILogger logger, string taskId, long attempts, int? answer);
}
