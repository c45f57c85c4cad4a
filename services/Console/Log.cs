namespace Podcast.OperatorsConsole;

/// <summary>All log messages of this service. They contain no titles and no tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Open pages are not told what changed: Ingest.Api answers {Status} ({Error})")]
    public static partial void ChangesUnknown(this ILogger logger, int? status, string error);

    [LoggerMessage(LogLevel.Information, "{Action} asked for")]
    public static partial void Asked(this ILogger logger, string action);
}
