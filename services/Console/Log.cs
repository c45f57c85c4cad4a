namespace Podcast.OperatorsConsole;

/// <summary>All log messages of this service. They contain no titles and no tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Open pages are not told what changed: Ingest.Api answers {Status} ({Error})")]
    public static partial void ChangesUnknown(this ILogger logger, int? status, string error);

    [LoggerMessage(LogLevel.Information, "{Action} asked for")]
    public static partial void Asked(this ILogger logger, string action);

    [LoggerMessage(LogLevel.Warning, "Nobody was signed in: {Failure} ({Error})")]
    public static partial void SignInFailed(this ILogger logger, string? failure, string? error);

    [LoggerMessage(LogLevel.Warning, "The OpenID provider gave no new tokens: {Failure}")]
    public static partial void TokenNotRefreshed(this ILogger logger, string failure);
}
