using Podcast.Redaction;

namespace Podcast.Batch.Reporting;

/// <summary>
/// Shows a run in the console, too: reports to Ingest.Api at intervals and when it ends. A report that fails neither ends nor slows the
/// run.
/// </summary>
internal sealed class ReportedRun(ReportAddress address, Backlog backlog, string via, IReporter reporter) : IReporter
{
    private const int LastTries = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CountInterval = TimeSpan.FromMinutes(1); // counting reads the whole table

    private readonly Runner runner = Runner.Me();
    private readonly DateTimeOffset startedAt = backlog.Clock.GetUtcNow();
    private Progress? progress;
    private TableStatistics? rows;
    private string? said;
    private string? trouble;
    private int reports;

    /// <summary>Executes a run, and reports on it if the settings say where.</summary>
    public static async Task<int> Execute(
        RunSettings settings, Backlog backlog, string via, CliContext context, IReporter reporter, Func<IReporter, Task<int>> run)
    {
        if (settings.ReportTo is null)
            return await run(reporter);

        using var address = new ReportAddress(settings.ReportTo, context.Configuration);
        return await new ReportedRun(address, backlog, via, reporter).Execute(run);
    }

    public void Say(string happened, string text, object? facts = null)
    {
        said = text;
        reporter.Say(happened, text, facts);
    }

    public void Warn(string? id, string text)
    {
        said = id is null ? text : said;
        reporter.Warn(id, text);
    }

    public Task Show(Progress progress, Func<Task> work)
    {
        this.progress = progress;
        return reporter.Show(progress, work);
    }

    private async Task<int> Execute(Func<IReporter, Task<int>> run)
    {
        using var ended = new CancellationTokenSource();
        var reporting = Task.Run(() => ReportUntil(ended.Token), CancellationToken.None);
        var exit = ExitCodes.Failed;
        try
        {
            return exit = await run(this);
        }
        catch (UsageException refused)
        {
            (exit, said) = (refused.ExitCode, refused.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            exit = ExitCodes.Stopped;
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await reporting;
            await Count();
            var isTold = false;
            for (var attempt = 1; attempt <= LastTries && !isTold; attempt++)
                isTold = await Report(new RunEnd(backlog.Clock.GetUtcNow(), exit, said is null ? null : Redactor.Line(said)));
        }
    }

    private async Task ReportUntil(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, backlog.Clock);
        var counted = backlog.Clock.GetTimestamp();
        await Count();
        do
        {
            if (backlog.Clock.GetElapsedTime(counted) >= CountInterval)
            {
                await Count();
                counted = backlog.Clock.GetTimestamp();
            }

            await Report(end: null);
        }
        while (await Ticks(timer, ended));
    }

    private static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken ended)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ended);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Keeps the counts that it has if the database is away.</summary>
    private async Task Count()
    {
        try
        {
            rows = await TableStatistics.Take(backlog, CancellationToken.None);
        }
        catch (Exception)
        {
            // Whatever failed, the run itself meets it too, and says so.
        }
    }

    private async Task<bool> Report(RunEnd? end)
    {
        var report = RunReport.Of(++reports, backlog.Table.Key, via, runner, startedAt) with { End = end };
        report = progress is null ? report : report.With(progress);
        report = rows is null ? report : report.With(rows);
        var problem = await address.Send(report);
        if (problem is not null && problem != trouble)
            reporter.Warn(null, $"The console does not hear of this run: {problem}. The run does not depend on it.");
        trouble = problem;
        return problem is null;
    }
}
