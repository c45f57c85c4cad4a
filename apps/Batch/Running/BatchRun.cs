using Podcast.Batch.Routes;

namespace Podcast.Batch.Running;

/// <summary>One run over a table: dispatches items, then waits for the results, as in the tutorial.</summary>
internal sealed class BatchRun(Backlog backlog, IRoute route, RunSettings settings, CliContext context, IReporter reporter, Stop stop)
{
    private readonly Runner runner = Runner.Me();
    private readonly string noun = $"{route.Via}s";
    private readonly Progress dispatching = new("Dispatching", context.Clock, route.Note);
    private readonly Progress processing = new("Processing", context.Clock, route.Note);

    private InFlightItems InFlight => field ??= new(backlog, runner);

    private OutcomeRecorder Outcomes => field ??= new(
        backlog, InFlight, new EpisodeEnds(backlog, runner), processing, reporter, context.Clock);

    /// <summary>Processes all pending rows, or the first <see cref="RunSettings.Limit"/> of them.</summary>
    public Task<int> Everything() => Locked(async () =>
    {
        var waiting = new PendingRows(backlog);
        var total = await waiting.Count(settings.Limit, stop.Token);
        if (total == 0 && settings.Earlier && await InFlight.Adopt(route.Via, stop.Token) is > 0 and var left)
            return await Resume(left);

        reporter.Found(total);
        return total == 0 ? ExitCodes.Ok : await Dispatch(count => waiting.Next(count, stop.Token), total);
    });

    /// <summary>Waits for the items that an earlier run or the tutorial's own command has dispatched.</summary>
    public Task<int> Resume() => Locked(async () =>
    {
        if (await InFlight.Adopt(route.Via, stop.Token) is > 0 and var total)
            return await Resume(total);

        reporter.Say("nothing", $"No dispatched {noun} to resume.");
        return ExitCodes.Ok;
    });

    /// <summary>Runs <paramref name="work"/> while holding the lease on the table.</summary>
    public async Task<int> Locked(Func<Task<int>> work)
    {
        await using var lease = await Databases.Explained(backlog.Database, () => backlog.Take(runner, stop.Token));
        await using var watch = lease.Lost.Register(() => stop.Because(
            "The lease on the table is lost: the database was away, or somebody else took over. Run again; nothing is lost."));
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (stop.IsRequested)
        {
            return Stopped(0);
        }
        catch (DbException exception)
        {
            stop.Because($"The database {backlog.Database.Name} failed: {Databases.Reason(exception)} Run again; nothing is lost.");
            return Stopped(0);
        }
    }

    /// <summary>Sends the items and waits for the results. Call it only within <see cref="Locked"/>.</summary>
    public async Task<int> Dispatch(Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        // Events of episodes are delivered once, so items of earlier runs must be assigned to this run before it listens.
        var earlier = route.Via == Via.Episode || settings.Earlier ? await InFlight.Adopt(route.Via, stop.Token) : 0;
        if (earlier > 0)
            reporter.Say("earlier", $"{earlier} {noun} of an earlier run are still at work.", new { count = earlier });
        await route.Begin(InFlight, Outcomes, stop.Token);

        var claims = new Claims(backlog, runner, await backlog.RefPrefix(stop.Token), route.Via);
        var recorder = new Recorder(backlog, claims, stop, reporter, dispatching);
        await reporter.Show(
            dispatching.Begin(total), () => route.Send(recorder.Batches(next, total, route.Via, settings), claims, recorder));
        await Outcomes.Counted();

        var begun = recorder.Sent + earlier + Outcomes.Unsent;
        if (stop.IsRequested)
            return Stopped(begun - processing.Done);

        var shortfall = total - dispatching.Done - Outcomes.Unsent;
        if (shortfall > 0)
            reporter.Warn(null, $"{shortfall} of {total} were changed or deleted by others before they were sent;"
                + " `podcast-batch status` shows what is left.");
        if (begun == 0)
        {
            reporter.Warn(null, $"No {noun} were dispatched successfully.");
            return ExitCodes.Failed;
        }

        var facts = new { count = recorder.Sent, dispatching.Failed };
        reporter.Say("dispatched", $"Dispatched {recorder.Sent} {noun}. {route.Waiting}", facts);
        var exit = await Wait(begun);
        return shortfall > 0 && exit == ExitCodes.Ok ? ExitCodes.Failed : exit;
    }

    private async Task<int> Resume(long total)
    {
        reporter.Say("resuming", $"Resuming {total} dispatched {noun}...", new { count = total });
        await route.Begin(InFlight, Outcomes, stop.Token);
        return await Wait(total);
    }

    private async Task<int> Wait(long total)
    {
        await reporter.Show(processing.Begin(total), async () =>
        {
            await route.Wait();
            await Outcomes.Counted();
        });
        if (stop.IsRequested)
            return Stopped(total - processing.Done);

        var (completed, failed) = (processing.Done - processing.Failed, processing.Failed + dispatching.Failed);
        reporter.Say("done", $"Done. {completed} completed, {failed} failed.", new { completed, failed });
        return failed > 0 ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private int Stopped(long atWork)
    {
        var resume = route.Via == Via.Episode ? "run --episodes --resume" : "run --resume";
        var rest = atWork > 0 ? $" {atWork} dispatched {noun} are at work: `podcast-batch {resume}` waits for them." : "";
        reporter.Warn(null, $"Stopped. {stop.Reason ?? "Nothing is lost: run again to go on."}{rest}");
        return stop.ExitCode;
    }
}
