using System.Threading.Channels;

namespace Podcast.Batch.Routes;

/// <summary>Ends items, whoever brought the news, and counts.</summary>
internal sealed class OutcomeRecorder(
    Backlog backlog, InFlightItems inFlight, EpisodeEnds episodes, Progress progress, IReporter reporter, TimeProvider clock)
{
    // One answer may be wrong; three in a row, an interval apart, are not.
    private const int Believed = 3;

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(1);
    private long unsent;
    private int ending;

    /// <summary>How many of the rows that waited had ended before this run came to them.</summary>
    public long Unsent => Interlocked.Read(ref unsent);

    /// <summary>Completes when something has ended or is held since the last time, or when it is cancelled.</summary>
    public async Task Heard(CancellationToken cancellationToken)
    {
        Task next = news.Reader.ReadAsync(cancellationToken).AsTask();
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

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
    public Task Missed(Dispatched item, DateTimeOffset round, string cause, string error) => item.Misses + 1 >= Believed
        ? End(item, Outcome.Failed(cause, error))
        : inFlight.Missed(item, round, CancellationToken.None);

    /// <summary>Ends what was sent too long ago.</summary>
    /// <param name="asked">Only what was asked for, and was still at work.</param>
    public async Task Expire(TimeSpan deadline, bool asked)
    {
        while (await inFlight.SentBefore(clock.GetUtcNow() - deadline, asked, CancellationToken.None) is { Count: > 0 } page)
        {
            foreach (var item in page)
                await End(item, Outcome.Failed(
                    FailureCauses.Deadline, $"{Capital(WorkOf(item))} did not end within {ProgressWords.Time(deadline)}."));
        }
    }

    /// <summary>Completes when what has begun to end is counted, too.</summary>
    public async Task Counted()
    {
        while (Volatile.Read(ref ending) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock);
    }

    public Task End(Dispatched item, Outcome ending) => Settle(WorkOf(item), ending, async outcome =>
        await inFlight.Settle(item, outcome, CancellationToken.None) switch
        {
            InFlightItems.Settled.Before => new SettleResult(SettledAs.Nothing),
            var settled => new SettleResult(SettledAs.Sent, item.Id, IsChanged: settled == InFlightItems.Settled.ByOthers),
        });

    /// <summary>Ends the item that became this episode, if it is one of ours.</summary>
    public Task End(Guid episode, Outcome ending) => Settle(
        $"episode {episode}", ending, outcome => episodes.End(episode.ToString(), outcome, CancellationToken.None));

    /// <inheritdoc cref="EpisodeEnds.Hold"/>
    public async Task Hold(Guid episode, bool isHeld, string? reason, CancellationToken cancellationToken)
    {
        if (await episodes.Hold(episode.ToString(), isHeld, reason, cancellationToken))
            news.Writer.TryWrite(true);
    }

    private static string WorkOf(Dispatched item) => $"{item.Via} {item.TaskId}";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private async Task Settle(string work, Outcome outcome, Func<Outcome, Task<SettleResult>> settle)
    {
        Interlocked.Increment(ref ending);
        try
        {
            Count(work, outcome, await settle(outcome));
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            var error = $"{Capital(work)} is done, but the row does not take its output: {Databases.Reason(exception)}";
            outcome = Outcome.Failed(FailureCauses.Storage, error);
            Count(work, outcome, await settle(outcome));
        }
        finally
        {
            Interlocked.Decrement(ref ending);
            news.Writer.TryWrite(true);
        }
    }

    private void Count(string work, Outcome outcome, SettleResult settled)
    {
        if (settled.Of == SettledAs.GivenUp)
            reporter.Say("after_all", $"Media #{settled.Id}, which was given up, completed after all.", new { settled.Id });
        if (settled.Of is SettledAs.Nothing or SettledAs.GivenUp)
            return;

        if (settled.Of == SettledAs.Unsent)
            Interlocked.Increment(ref unsent);
        progress.Add(failed: !outcome.IsCompleted);
        var word = outcome.IsCompleted ? "completed" : "failed";
        if (settled.IsChanged)
            reporter.Warn(settled.Id, $"Media #{settled.Id} was changed meanwhile and stays as it is; its {work} {word}.");
        else if (!outcome.IsCompleted)
            reporter.Warn(settled.Id, $"Media #{settled.Id} failed: {outcome.Error}");
    }
}
