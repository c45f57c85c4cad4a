using System.Text.Json;
using System.Text.Json.Serialization;
using Podcast.Redaction;

namespace Podcast.Batch.Reporting;

/// <summary>How a run stands, as Ingest.Api's <c>PUT /backlog-runs/{id}</c> takes it (its OpenAPI document describes the fields).</summary>
/// <param name="Number">Grows with each report.</param>
internal sealed record RunReport(
    int Number, string Table, string Via, string Host, int Pid, DateTimeOffset StartedAt, string? Phase = null, long Total = 0,
    long Done = 0, long Failed = 0, double? Rate = null, double? SecondsLeft = null, string? Note = null, RowCounts? Rows = null,
    IReadOnlyList<CauseCount>? Causes = null, RunEnd? End = null)
{
    private const int MostCauses = 20;
    private const int LongestTable = 200; // characters

    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static RunReport Of(int number, string table, string via, Runner runner, DateTimeOffset startedAt) => new(
        number, Redactor.Cut(table, LongestTable), via, runner.Host, runner.Pid, startedAt);

    public RunReport With(Progress progress) => this with
    {
        Phase = progress.Name.ToLowerInvariant(),
        Total = progress.Total,
        Done = progress.Done,
        Failed = progress.Failed,
        Rate = progress.Rate(),
        SecondsLeft = progress.Left()?.TotalSeconds,
        Note = progress.Note is { } note ? Redactor.Line(note) : null,
    };

    public RunReport With(TableStatistics rows) => this with
    {
        Rows = new RowCounts(rows.Pending, rows.Dispatched, rows.Completed, rows.Failed, rows.Other),
        Causes =
        [
            .. rows.Causes.Take(MostCauses).Select(cause => cause with
            {
                Cause = Redactor.Line(cause.Cause),
                Example = cause.Example is { } error ? Redactor.Line(error) : null,
            }),
        ],
    };
}

/// <summary>The rows of the table by their state.</summary>
internal sealed record RowCounts(long Pending, long Dispatched, long Completed, long Failed, long Other);

/// <summary>How the run ended.</summary>
/// <param name="Text">What it said last.</param>
internal sealed record RunEnd(DateTimeOffset At, int ExitCode, string? Text);
