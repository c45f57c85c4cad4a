namespace Podcast.Ingest.Api.Backlog;

/// <summary>The body of <c>PUT /backlog-runs/{id}</c>: how a run of the backlog command stands.</summary>
/// <param name="Number">Grows with each report of a run, so that one that is late changes nothing.</param>
/// <param name="Table">The table that it works off.</param>
/// <param name="Via"><c>task</c>: single tasks at Ittybit; <c>episode</c>: through the pipeline.</param>
/// <param name="Phase"><c>dispatching</c>, then <c>processing</c>; null before both.</param>
/// <param name="Total">The number of items of this phase; <paramref name="Done"/> and <paramref name="Failed"/> are of them.</param>
/// <param name="Failed">Is part of <paramref name="Done"/>.</param>
/// <param name="Rate">Items per second; null while nothing is done.</param>
/// <param name="SecondsLeft">At that rate; null while it is unknown.</param>
/// <param name="Note">Why the run is slowed or paused.</param>
/// <param name="Rows">All rows of the table by their state.</param>
/// <param name="Causes">Why rows of the table failed, the most frequent first.</param>
/// <param name="End">Null while it runs.</param>
internal sealed record RunReport(
    [property: Range(1, int.MaxValue)] int Number,
    [property: Required, MaxLength(200), PlainText] string Table,
    [property: Required, RegularExpression("task|episode", ErrorMessage = "must be task or episode.")] string Via,
    [property: Required, MaxLength(255), PlainText] string Host,
    [property: Range(1, int.MaxValue)] int Pid,
    [property: Required] DateTimeOffset? StartedAt,
    [property: RegularExpression("dispatching|processing", ErrorMessage = "must be dispatching or processing.")] string? Phase = null,
    [property: Range(0, long.MaxValue)] long Total = 0,
    [property: Range(0, long.MaxValue)] long Done = 0,
    [property: Range(0, long.MaxValue)] long Failed = 0,
    [property: Range(0.0, 1_000_000.0)] double? Rate = null,
    [property: Range(0.0, 1e9)] double? SecondsLeft = null,
    [property: MaxLength(500), PlainText] string? Note = null,
    RowCounts? Rows = null,
    [property: MaxLength(100)] IReadOnlyList<RunCause>? Causes = null,
    RunEnd? End = null);

/// <summary>The rows of a table by their state.</summary>
/// <param name="Other">Rows with a status that the command does not know.</param>
internal sealed record RowCounts(
    [property: Range(0, long.MaxValue)] long Pending,
    [property: Range(0, long.MaxValue)] long Dispatched,
    [property: Range(0, long.MaxValue)] long Completed,
    [property: Range(0, long.MaxValue)] long Failed,
    [property: Range(0, long.MaxValue)] long Other = 0);

/// <summary>Why rows failed.</summary>
/// <param name="Cause">One of the causes that docs/batch.md lists, or Ittybit's word.</param>
/// <param name="Example">The error of one of these rows.</param>
internal sealed record RunCause(
    [property: Required, MaxLength(200), PlainText] string Cause,
    [property: Range(0, long.MaxValue)] long Count,
    [property: MaxLength(500), PlainText] string? Example = null);

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">Of the command: docs/batch.md says what they mean.</param>
/// <param name="Text">What it said last.</param>
internal sealed record RunEnd(
    [property: Required] DateTimeOffset? At,
    [property: Range(0, 255)] int ExitCode,
    [property: MaxLength(500), PlainText] string? Text = null);
