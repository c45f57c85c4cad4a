namespace Podcast.Batch.Routes;

/// <summary>Ends items, whoever brought the news, and counts.</summary>
internal sealed class OutcomeRecorder(
    Backlog backlog, InFlightItems inFlight, EpisodeEnds episodes, Progress progress, IReporter reporter, TimeProvider clock)
{
    // One answer may be wrong; three in a row, an interval apart, are not.
    private const int Believed = 3;

    private long completed;
    private long failed;
    private long unsent;
    private int ending;

    public long Completed => Interlocked.Read(ref completed);

    public long Failed => Interlocked.Read(ref failed);

    /// <summary>How many of the rows that waited had ended before this run came to them.</summary>
    public long Unsent => Interlocked.Read(ref unsent);

    public Task AtWork(IEnumerable<Dispatched> items, DateTimeOffset round) =>
        inFlight.Seen([.. items.Select(item => item.Id)], round, CancellationToken.None);

    /// <summary>Ends the item if the task has ended. False: it says that it is done, but what it made is missing.</summary>
    /// <param name="isList">Lists may leave outputs out: then the task itself is asked.</param>
    public async Task<bool> Read(Dispatched item, IttybitTask task, bool isList)
    {
        if (task.Outcome == TaskOutcome.Failed)
            await End(item, Outcome.Failed(FailureCauses.OfTask(task.Error), task.Error ?? $"Ittybit says {task.Status}, and not why."));
        else if (task is { Outcome: TaskOutcome.Succeeded, Output.Url: { } output })
            await End(item, Outcome.Completed(output));
        else
            return isList || task.Outcome == TaskOutcome.InProgress;
        return true;
    }

    /// <summary>An answer that makes no sense: believed when it keeps coming.</summary>
    public async Task Missed(Dispatched item, DateTimeOffset round, string cause, string error)
    {
        if (item.Misses + 1 >= Believed)
            await End(item, Outcome.Failed(cause, error));
        else
            await inFlight.Missed(item, round, CancellationToken.None);
    }

    /// <summary>Ends what was sent too long ago.</summary>
    /// <param name="asked">Only what was asked for, and was still at work.</param>
    public async Task Expire(TimeSpan deadline, bool asked)
    {
        while (await inFlight.SentBefore(clock.GetUtcNow() - deadline, asked, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var item in page)
                await End(item, Outcome.Failed(FailureCauses.Deadline, $"{(item.Via == Via.Episode ? "Episode" : "Task")} {item.TaskId} did not end within {ProgressWords.Time(deadline)}."));
        }
    }

    /// <summary>Completes when what has begun to end is counted, too.</summary>
    public async Task Counted()
    {
        while (Volatile.Read(ref ending) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock);
    }

    public Task End(Dispatched item, Outcome ending) => Begun(() => Settle(item, ending));

    /// <summary>Ends the item that became this episode, if it is one of ours.</summary>
    public Task End(string episode, Outcome ending) => Begun(() => Settle(episode, ending));

    /// <inheritdoc cref="EpisodeEnds.Hold"/>
    public Task<bool> Hold(string episode, bool isHeld, string? reason, CancellationToken cancellationToken) =>
        episodes.Hold(episode, isHeld, reason, cancellationToken);

    private async Task Begun(Func<Task> end)
    {
        Interlocked.Increment(ref ending);
        try
        {
            await end();
        }
        finally
        {
            Interlocked.Decrement(ref ending);
        }
    }

    private async Task Settle(Dispatched item, Outcome ending)
    {
        InFlightItems.Settled settled;
        try
        {
            settled = await inFlight.Settle(item, ending, CancellationToken.None);
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            ending = Outcome.Failed(FailureCauses.Storage, $"Task {item.TaskId} is done, but the row does not take its output: {Databases.Reason(exception)}");
            settled = await inFlight.Settle(item, ending, CancellationToken.None);
        }

        if (settled == InFlightItems.Settled.Before)
            return;

        Tell(item.Id, $"task {item.TaskId}", ending, settled == InFlightItems.Settled.ByOthers);
    }

    private async Task Settle(string episode, Outcome ending)
    {
        SettleResult told;
        try
        {
            told = await episodes.End(episode, ending, CancellationToken.None);
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            ending = Outcome.Failed(FailureCauses.Storage, $"Episode {episode} is done, but the row does not take its output: {Databases.Reason(exception)}");
            told = await episodes.End(episode, ending, CancellationToken.None);
        }

        switch (told.Of)
        {
            case SettledAs.Nothing:
                return;
            case SettledAs.GivenUp:
                reporter.Say("after_all", $"Media #{told.Id}, which was given up, completed after all.", new { told.Id });
                return;
            case SettledAs.Unsent:
                Interlocked.Increment(ref unsent);
                break;
        }

        Tell(told.Id, $"episode {episode}", ending, told.IsChanged);
    }

    private void Tell(string id, string work, Outcome ending, bool isChanged)
    {
        Interlocked.Increment(ref ending.IsCompleted ? ref completed : ref failed);
        progress.Add(failed: !ending.IsCompleted);
        if (isChanged)
            reporter.Warn(id, $"Media #{id} was changed meanwhile and stays as it is; its {work} {(ending.IsCompleted ? "completed" : "failed")}.");
        else if (!ending.IsCompleted)
            reporter.Warn(id, $"Media #{id} failed: {ending.Error}");
    }
}
