namespace Podcast.Ingest.Api.Backlog;

/// <summary>A run of the backlog command; the fields are those of <see cref="RunReport"/>. Times are UTC.</summary>
/// <param name="Status">
/// <c>running</c>; <c>silent</c>, if it has not reported for a minute; or, when it has ended, <c>completed</c>, <c>failed</c> or
/// <c>stopped</c>.
/// </param>
internal sealed record RunView(
    Guid Id, string Status, string Table, string Via, string Host, int Pid, DateTime StartedAt, DateTime ReportedAt, string? Phase,
    long Total, long Done, long Failed, double? Rate, double? SecondsLeft, string? Note, RowCounts? Rows, IReadOnlyList<RunCause> Causes,
    RunEndView? End)
{
    private const int Stopped = 130; // the exit code after Ctrl-C or SIGTERM
    private static readonly TimeSpan silence = TimeSpan.FromMinutes(1); // it reports each ten seconds

    public static RunView Of(BacklogRun run, DateTimeOffset now)
    {
        var report = run.Report;
        var status = report.End switch
        {
            { ExitCode: 0 } => "completed",
            { ExitCode: Stopped } => "stopped",
            not null => "failed",
            null => now - run.ReportedAt > silence ? "silent" : "running",
        };
        return new(
            run.Id, status, report.Table, report.Via, report.Host, report.Pid, run.StartedAt.UtcDateTime, run.ReportedAt.UtcDateTime,
            report.Phase, report.Total, report.Done, report.Failed, report.Rate, report.SecondsLeft, report.Note, report.Rows,
            report.Causes ?? [],
            report.End is { } end ? new RunEndView(end.At!.Value.UtcDateTime, end.ExitCode, end.Text) : null);
    }
}

/// <summary>See <see cref="RunEnd"/>.</summary>
internal sealed record RunEndView(DateTime At, int ExitCode, string? Text);

/// <summary>The newest runs.</summary>
internal sealed record RunsView(IReadOnlyList<RunView> Runs);
