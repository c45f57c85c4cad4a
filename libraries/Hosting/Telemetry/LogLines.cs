using Microsoft.Extensions.Logging.Console;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Configures the console log: plain lines on a terminal, otherwise JSON. Neither includes scopes, because the framework's scopes
/// contain whole addresses.
/// </summary>
internal static class LogLines
{
    // At Information these log every request or statement, with its address or text.
    private static readonly string[] talkative =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Diagnostics.HealthChecks", "System.Net.Http.HttpClient"];

    public static void AddLogLines(this IHostApplicationBuilder builder)
    {
        builder.Logging
            .AddConsoleFormatter<JsonLine, ConsoleFormatterOptions>()
            .AddConsoleFormatter<PlainLine, ConsoleFormatterOptions>();

        // PostConfigure runs last, so that the choice of a host or an operator is kept.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console =>
            console.FormatterName ??= Console.IsOutputRedirected ? JsonLine.FormatterName : PlainLine.FormatterName);
        builder.Services.PostConfigure<LoggerFilterOptions>(filter =>
        {
            if (filter.MinLevel < LogLevel.Warning)
                foreach (var category in talkative)
                    filter.Rules.Insert(0, new LoggerFilterRule(null, category, LogLevel.Warning, null));
        });
    }
}
