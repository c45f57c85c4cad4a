namespace Podcast.Batch.Sending;

/// <summary>Claims items and records what became of them in the database; reports and counts.</summary>
internal sealed class Recorder(Backlog backlog, Claims claims, Stop stop, IReporter reporter, Progress progress)
{
    private const int Tries = 5;

    private long sent;

    public long Sent => Interlocked.Read(ref sent);

    /// <summary>
    /// Claims <paramref name="total"/> items, a batch at a time, as <paramref name="next"/> returns them. Items without a valid
    /// address fail, and items that an earlier run may have sent by the other route are left out.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<Claim>> Batches(
        Func<int, Task<IReadOnlyList<Candidate>>> next, long total, string via, RunSettings settings)
    {
        for (var left = total; left > 0 && !stop.IsRequested;)
        {
            var batch = await next((int)Math.Min(settings.BatchSize, left));
            if (batch.Count == 0)
                break;

            left -= batch.Count;
            var taken = (await claims.Take(await RefuseBad(batch), stop.Token)).ToLookup(claim => claim.Via == via);
            foreach (var claim in taken[false])
                LeaveOpen(claim);
            yield return [.. taken[true]];
            if (left > 0)
                await stop.Pause(settings.Delay, backlog.Clock);
        }
    }

    /// <summary>
    /// Records the task that Ittybit made for the claim. False if that task already belongs to another item; the fate of this
    /// claim is then unknown.
    /// </summary>
    public async Task<bool> Accepted(Claim claim, string taskId)
    {
        try
        {
            if (!await Safely(() => claims.Sent(claim, taskId)))
                reporter.Warn(claim.Id, $"Media #{claim.Id} was changed while it was being sent; its task is {taskId}.");
            Interlocked.Increment(ref sent);
            progress.Add();
            return true;
        }
        catch (Exception exception) when (backlog.Database.IsDuplicate(exception))
        {
            return false;
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            var error = $"Task {taskId} was made, but the row does not take it: {Databases.Reason(exception)}";
            await Refused(claim.Id, claim.Attempt, FailureCauses.Storage, error, isKnown: false);
            return true;
        }
    }

    /// <summary>Marks an item as failed that was not recorded as sent, and reports it.</summary>
    public async Task Refused(string id, int attempt, string cause, string error, bool isKnown = true)
    {
        bool isFailed;
        try
        {
            isFailed = await Safely(() => claims.Refuse(id, attempt, cause, error, isKnown));
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            // Else the run would end here, and so would every later one.
            progress.Add(failed: true);
            reporter.Warn(id, $"Media #{id} could not be marked as failed: {Databases.Reason(exception)} {error}");
            return;
        }

        progress.Add(isFailed);
        reporter.Warn(id, isFailed
            ? $"Failed to dispatch task for media #{id}: {error}"
            : $"Media #{id} was changed meanwhile and stays as it is: {error}");
    }

    /// <summary>Releases a claim that certainly was not accepted; this run does not try it again.</summary>
    public Task Released(Claim claim) => Safely(() => claims.Release(claim));

    private async Task<IReadOnlyList<Candidate>> RefuseBad(IReadOnlyList<Candidate> batch)
    {
        var good = new List<Candidate>(batch.Count);
        foreach (var candidate in batch)
        {
            if (MediaUrl.Problem(candidate.Url) is { } problem)
                await Refused(candidate.Id, 0, FailureCauses.BadUrl, problem);
            else
                good.Add(candidate);
        }

        return good;
    }

    /// <summary>Reports a claim whose outcome in an earlier run is unknown and cannot be found out by this one.</summary>
    private void LeaveOpen(Claim claim)
    {
        progress.Add(failed: true);
        reporter.Warn(claim.Id, $"Media #{claim.Id} is left as it is: " + (claim.Via == Via.Episode
            ? "an earlier run may have told of it as an episode: run with --episodes first."
            : "an earlier run may have made a task of it: run without --episodes first."));
    }

    /// <summary>
    /// Retries a database write, so that Ittybit's answers are not lost. If all tries fail, the claim stays open and the next run
    /// looks for its task.
    /// </summary>
    private async Task<T> Safely<T>(Func<Task<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (DbException exception) when (!backlog.Database.IsDuplicate(exception) && !backlog.Database.IsRowsFault(exception))
            {
                if (attempt == Tries)
                {
                    stop.Because($"The database {backlog.Database.Name} no longer takes results: {Databases.Reason(exception)}"
                        + " Run again; nothing is lost.");
                    throw;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt), backlog.Clock, CancellationToken.None);
            }
        }
    }
}
