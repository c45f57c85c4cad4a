using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Podcast.Hosting.Telemetry;

/// <summary>
/// Writes a readable line: <c>14:32:10 info Podcast.Orchestrator.X: words [trace]</c>; an exception follows on its own lines.
/// </summary>
internal sealed class PlainLine(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "podcast-plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            LogLevel.Critical => "crit",
            _ => "dbug",
        };
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ");
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? $" [{span.TraceId}]" : "";
        textWriter.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{clock.GetLocalNow():HH:mm:ss} {level} {logEntry.Category}: {message}{trace}"));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine(exception);
    }
}
