namespace Podcast.Batch.Routes;

/// <summary>
/// Polls the tasks of a run until all have ended: through the task list, a hundred per request, where that needs fewer requests,
/// else one by one. Every item ends by its deadline.
/// </summary>
internal sealed class Poller(
    IIttybitApi ittybit,
    InFlightItems inFlight,
    OutcomeRecorder outcomes,
    FailureBudget failureBudget,
    Stop stop,
    RunSettings settings,
    TimeProvider clock)
{
    // A list page costs as much of the rate as one GET, so up to this many items are polled one by one.
    private const int Few = 3;
    private const int PagesWithoutNews = 3;

    // This many failures in a row mean that Ittybit fails, rather than that a single task cannot be read.
    private const int FailuresInARow = 3;

    private int failures;

    private bool GoesOn => failures < FailuresInARow && !stop.IsRequested;

    /// <param name="interval">The pause between two rounds. It ends early when a webhook has ended the last item.</param>
    public async Task Run(TimeSpan interval)
    {
        while (!stop.IsRequested)
        {
            await outcomes.Expire(settings.Deadline, asked: true);
            if (await inFlight.Count(stop.Token) is not (> 0 and var count))
                return;

            await Round(count);
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            pause.CancelAfter(interval);
            while (!pause.IsCancellationRequested && await inFlight.Count(CancellationToken.None) > 0)
                await outcomes.Heard(pause.Token);
        }
    }

    private async Task Round(long count)
    {
        var round = clock.GetUtcNow();
        failures = 0;
        if (count > Few || await inFlight.CountMissing(CancellationToken.None) > 0)
            await Try(() => ByList(count, round));
        while (GoesOn && await inFlight.NotSeenSince(round, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var item in page.TakeWhile(_ => GoesOn))
            {
                await Try(() => Ask(item, round));
                if (GoesOn && failures > 0)
                    await inFlight.Asked(item, round, CancellationToken.None);
            }
        }
    }

    /// <summary>A single failure may concern only the requested task, so that the round goes on with other tasks.</summary>
    private async Task Try(Func<Task> request)
    {
        try
        {
            await request();
            failures = 0;
        }
        catch (Exception exception) when (IttybitFailure.OfTrouble(exception, clock) is { } failure)
        {
            failureBudget.RecordFailure(failure);
            failures = failure.Kind == IttybitFailureKind.LaneBlocked ? FailuresInARow : failures + 1;
        }
    }

    private async Task ByList(long count, DateTimeOffset round)
    {
        var oldest = await inFlight.Oldest(stop.Token);
        var (seen, barren) = (0L, 0);
        await ittybit.ReadTasks(kind: null, (int)Math.Clamp(count, PagesWithoutNews, int.MaxValue), IsEnough, stop.Token);

        async Task<bool> IsEnough(IttybitPage<IttybitTask> tasks)
        {
            failureBudget.RecordSuccess();
            var byId = tasks.DistinctBy(task => task.Id).ToDictionary(task => task.Id);
            var ours = await inFlight.With(byId.Keys, stop.Token);
            await AtWork(ours.Where(item => byId[item.TaskId].Outcome == TaskOutcome.InProgress), round);
            foreach (var item in ours)
                await outcomes.Read(item, byId[item.TaskId], isList: true);

            foreach (var item in await inFlight.Missing([.. tasks.Select(task => task.Ref).OfType<string>()], stop.Token))
            {
                var task = tasks.First(task => task.Ref == item.Ref);
                if (task.Id != item.TaskId)
                    await outcomes.Read(await inFlight.Rename(item, task.Id, CancellationToken.None), task, isList: true);
            }

            seen += ours.Count;
            barren = ours.Count == 0 ? barren + 1 : 0;
            return seen >= count || barren >= PagesWithoutNews || tasks.IsOlderThan(oldest);
        }
    }

    private async Task Ask(Dispatched item, DateTimeOffset round)
    {
        try
        {
            var task = await ittybit.GetTask(item.TaskId, stop.Token);
            failureBudget.RecordSuccess();
            if (task.Outcome == TaskOutcome.InProgress)
                await AtWork([item], round);
            else if (!await outcomes.Read(item, task, isList: false))
                await outcomes.Missed(item, round, FailureCauses.NoOutput, $"Task {item.TaskId} is {task.Status} and has no output.");
        }
        catch (Exception exception) when (
            IttybitFailure.OfTrouble(exception, clock) is { Kind: IttybitFailureKind.Final, IsIttybits: true } failure)
        {
            failureBudget.RecordSuccess();
            await outcomes.Missed(item, round, FailureCauses.LostTask, $"Ittybit no longer knows task {item.TaskId}. {failure.Message}");
        }
    }

    private Task<int> AtWork(IEnumerable<Dispatched> items, DateTimeOffset round) =>
        inFlight.Seen([.. items.Select(item => item.Id)], round, CancellationToken.None);
}
