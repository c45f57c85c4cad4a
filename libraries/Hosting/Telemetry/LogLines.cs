using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
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
    [
        "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions.Diagnostics.HealthChecks",
        "System.Net.Http.HttpClient",
    ];

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

/// <summary>
/// Writes one JSON object per log event: <c>time</c>, <c>level</c>, <c>category</c>, <c>message</c>, <c>trace_id</c> and
/// <c>span_id</c> if there is a trace, the message's parameters by name in <c>values</c>, and <c>exception</c>.
/// </summary>
internal sealed class JsonLine(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "podcast-json";

    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, readable))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
            {
                json.WriteString("trace_id", span.TraceId.ToHexString());
                json.WriteString("span_id", span.SpanId.ToHexString());
            }

            WriteValues(json, logEntry.State);
            if (logEntry.Exception is { } exception)
                json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteValues<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyCollection<KeyValuePair<string, object?>> { Count: > 1 } values)
            return; // the only value is the message template

        json.WriteStartObject("values");
        foreach (var (name, value) in values.Where(value => value.Key != "{OriginalFormat}").DistinctBy(value => value.Key))
        {
            json.WritePropertyName(name);
            switch (value)
            {
                case null: json.WriteNullValue(); break;
                case bool yes: json.WriteBooleanValue(yes); break;
                case int or long or short or byte: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
                case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
                default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            }
        }

        json.WriteEndObject();
    }
}

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
