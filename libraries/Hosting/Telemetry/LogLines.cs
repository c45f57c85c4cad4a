using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Podcast.Hosting.Telemetry;

/// <summary>How the console's log looks: lines for people on a terminal, else JSON. Neither has scopes: the framework's hold whole addresses.</summary>
internal static class LogLines
{
    // What they say at Information they say for every request or statement, with its address or text.
    private static readonly string[] talkative =
        ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Diagnostics.HealthChecks", "System.Net.Http.HttpClient"];

    public static void AddLogLines(this IHostApplicationBuilder builder)
    {
        builder.Logging
            .AddConsoleFormatter<JsonLine, ConsoleFormatterOptions>()
            .AddConsoleFormatter<PlainLine, ConsoleFormatterOptions>();

        // After all others: a host or an operator may have chosen already.
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
