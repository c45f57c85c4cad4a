using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Podcast.Hosting.Telemetry;

namespace Podcast.Hosting.Tests.Telemetry;

public sealed class A_line_of_the_log
{
    private readonly ManualClock clock = new();

    [Fact]
    public void is_one_JSON_object_with_its_trace_and_values()
    {
        using var span = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        var text = Written(new JsonLine(clock), logger => logger.LogWarning("Task {Task} of {Count}\nfailed, \"{Missing}\"", "audio", 3, null));

        text.Trim().ShouldNotContain("\n");
        var line = JsonDocument.Parse(text).RootElement;
        line.GetProperty("time").GetString().ShouldBe("2026-01-15T14:32:10.0000000+00:00");
        line.GetProperty("level").GetString().ShouldBe("Warning");
        line.GetProperty("message").GetString().ShouldBe("Task audio of 3\nfailed, \"(null)\"");
        line.GetProperty("trace_id").GetString().ShouldBe(span.TraceId.ToHexString());
        line.GetProperty("span_id").GetString().ShouldBe(span.SpanId.ToHexString());
        line.GetProperty("values").ToString().ShouldBe("""{"Task":"audio","Count":3,"Missing":null}""");
    }

    [Fact]
    public void tells_an_exception_inside_of_the_object()
    {
        var text = Written(new JsonLine(clock), logger => logger.LogError(new InvalidOperationException("so it is"), "broken"));

        text.Trim().ShouldNotContain("\n");
        JsonDocument.Parse(text).RootElement.GetProperty("exception").GetString().ShouldBe("System.InvalidOperationException: so it is");
    }

    [Fact]
    public void is_short_for_people()
    {
        using var span = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        var text = Written(new PlainLine(clock), logger => logger.LogInformation("Task {Task}\nmade", "audio"));

        text.ShouldEndWith($" info tests: Task audio made [{span.TraceId}]{Environment.NewLine}");
    }

    [Theory]
    [InlineData(typeof(JsonLine))]
    [InlineData(typeof(PlainLine))]
    public void has_no_scopes_since_they_hold_whole_addresses(Type formatter)
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push(new Dictionary<string, object> { ["RequestPath"] = "/webhooks/ittybit/e/t/1/secret" });

        Written((ConsoleFormatter)Activator.CreateInstance(formatter, clock)!, logger => logger.LogInformation("made"), scopes)
            .ShouldNotContain("secret");
    }

    private static string Written(ConsoleFormatter formatter, Action<ILogger> log, IExternalScopeProvider? scopes = null)
    {
        var writer = new StringWriter();
        log(new FormattedLogger(formatter, writer, scopes));
        return writer.ToString();
    }

    private sealed class FormattedLogger(ConsoleFormatter console, StringWriter writer, IExternalScopeProvider? scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            console.Write(new LogEntry<TState>(logLevel, "tests", eventId, state, exception, formatter), scopes, writer);
    }
}
