using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Batch.Cli;
using Podcast.Batch.Data;
using Podcast.Batch.Polling;
using Podcast.Batch.Sending;
using Podcast.Batch.Showing;
using Podcast.Ittybit.Client;

namespace Podcast.Batch.Running;

/// <summary>One run over a table: dispatch, then wait for the results, as in the tutorial.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly Runner runner = Runner.Me();
    private readonly Backlog backlog;
    private readonly RunSettings settings;
    private readonly Surroundings world;
    private readonly IReporter reporter;
    private readonly Stop stop;
    private readonly Pace pace;
    private readonly ServiceProvider services;
    private readonly IIttybitApi ittybit;

    /// <exception cref="Refusal">The settings make no sense.</exception>
    public BatchRun(Backlog backlog, RunSettings settings, Surroundings world, IReporter reporter, Stop stop)
    {
        (this.backlog, this.settings, this.world, this.reporter, this.stop) = (backlog, settings, world, reporter, stop);
        pace = new Pace(settings.Rate, world.Clock);
        services = Ittybit.Connect(world.Configuration, pace, stop, world.Clock);
        ittybit = services.GetRequiredService<IIttybitApi>();
    }

    /// <summary>Everything that waits, or the first so many.</summary>
    public Task<int> Everything() => Locked(async () =>
    {
        var waiting = new Waiting(backlog);
        var total = await waiting.Count(settings.Limit, stop.Token);
        if (total == 0)
            return Nothing("No unprocessed media found.");

        reporter.Say("found", $"Found {total} unprocessed media files.", new { count = total });
        return await Dispatch(count => waiting.Next(count, stop.Token), total);
    });

    /// <summary>What an earlier run, or the tutorial's own command, has dispatched.</summary>
    public Task<int> Resume() => Locked(async () =>
    {
        var outstanding = new Outstanding(backlog, runner);
        var total = await outstanding.Adopt(Via.Task, stop.Token);
        if (total == 0)
            return Nothing("No dispatched tasks to resume.");

        reporter.Say("resuming", $"Resuming {total} dispatched tasks...", new { count = total });
        return await Poll(outstanding, total, failedBefore: 0);
    });

    /// <summary>Does <paramref name="work"/> while nobody else may.</summary>
    public async Task<int> Locked(Func<Task<int>> work)
    {
        await using var lease = await Databases.Explained(backlog.Database, () => backlog.Take(runner, stop.Token));
        await using var watch = lease.Lost.Register(() => stop.Because(
            "The lease on the table is lost: the database was away, or somebody else took over. Run again; nothing is lost.", ExitCodes.Failed));
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
            stop.Because($"The database {backlog.Database.Name} failed: {Databases.Reason(exception)} Run again; nothing is lost.", ExitCodes.Failed);
            return Stopped(0);
        }
    }

    /// <summary>Sends what <paramref name="next"/> gives and waits for the results. Only under <see cref="Locked"/>.</summary>
    public async Task<int> Dispatch(Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        var progress = new Progress("Dispatching", total, world.Clock, Note);
        var claims = new Claims(backlog, runner, await backlog.RefPrefix(stop.Token), Via.Task);
        var recorder = new Recorder(backlog, claims, stop, reporter, progress);
        var dispatcher = new Dispatcher(
            ittybit, claims, new Lookup(ittybit, claims, stop), recorder, pace, stop, claim => settings.Task.For(claim), settings, world.Clock);
        await reporter.Show(progress, () => dispatcher.Run(next, total));

        if (stop.IsRequested)
            return Stopped(recorder.Sent);
        var shortfall = total - progress.Done;
        if (shortfall > 0)
            reporter.Warn(null, $"{shortfall} of {total} were changed or deleted by others before they were sent; `podcast-batch status` shows what is left.");
        if (recorder.Sent == 0)
        {
            reporter.Warn(null, "No tasks were dispatched successfully.");
            return ExitCodes.Failed;
        }

        reporter.Say("dispatched", $"Dispatched {recorder.Sent} tasks. Polling for results...", new { count = recorder.Sent, failed = progress.Failed });
        var exit = await Poll(new Outstanding(backlog, runner), recorder.Sent, progress.Failed);
        return exit == ExitCodes.Ok && shortfall > 0 ? ExitCodes.Failed : exit;
    }

    public void Dispose()
    {
        services.Dispose();
        pace.Dispose();
    }

    private async Task<int> Poll(Outstanding outstanding, long total, long failedBefore)
    {
        var progress = new Progress("Processing", total, world.Clock, Note);
        var settler = new Settler(backlog, outstanding, progress, reporter, world.Clock);
        var patience = new Patience(settings.Patience, stop, world.Clock);
        var poller = new Poller(ittybit, outstanding, settler, patience, stop, settings, world.Clock);
        await reporter.Show(progress, () => poller.Run(settings.PollInterval));

        var failed = failedBefore + settler.Failed;
        if (stop.IsRequested)
            return Stopped(total - settler.Completed - settler.Failed);

        reporter.Say("done", $"Done. {settler.Completed} completed, {failed} failed.", new { settler.Completed, failed });
        return failed > 0 ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private int Nothing(string text)
    {
        reporter.Say("nothing", text);
        return ExitCodes.Ok;
    }

    private int Stopped(long atWork)
    {
        var rest = atWork > 0 ? $" {atWork} dispatched tasks are at work: `podcast-batch run --resume` waits for them." : "";
        reporter.Warn(null, $"Stopped. {stop.Reason ?? "Nothing is lost: run again to go on."}{rest}");
        return stop.ExitCode;
    }

    private string? Note()
    {
        var wait = pace.PausedUntil - world.Clock.GetUtcNow();
        if (wait > TimeSpan.FromSeconds(2))
            return $"Ittybit asks to wait {ProgressWords.Time(wait)}";
        return pace.Rate < pace.Limit * 0.9 ? $"slowed to {pace.Rate:0.0} requests/s" : null;
    }
}
