using System.Text.Json.Serialization;

namespace Podcast.OperatorsConsole.Api;

// What Ingest.Api tells of the backlog command. Times are UTC.

/// <summary>The newest runs of the backlog command.</summary>
public sealed record BacklogRuns([property: JsonPropertyName("runs")] IReadOnlyList<BacklogRun> All);

/// <summary>A run: <c>running</c>, <c>silent</c>, <c>completed</c>, <c>failed</c> or <c>stopped</c>.</summary>
public sealed record BacklogRun(
    Guid Id, string Status, string Table, string Via, string Host, int Pid, DateTime StartedAt, DateTime ReportedAt, string? Phase,
    long Total, long Done, long Failed, double? Rate, double? SecondsLeft, string? Note, BacklogRows? Rows,
    IReadOnlyList<BacklogCause> Causes, BacklogEnd? End);

/// <summary>The rows of the table by their state.</summary>
public sealed record BacklogRows(long Pending, long Dispatched, long Completed, long Failed, long Other);

/// <summary>Why rows failed, with the error of one of them.</summary>
public sealed record BacklogCause(string Cause, long Count, string? Example);

/// <summary>How a run ended, and what it said last.</summary>
public sealed record BacklogEnd(DateTime At, int ExitCode, string? Text);
