namespace Podcast.Batch.Sending;

/// <summary>Records the results of claims in the database, reports and counts them.</summary>
internal sealed class Recorder(Backlog backlog, Claims claims, Stop stop, IReporter reporter, Progress progress)
{
    private const int Tries = 5;

    private long sent;

    public long Sent => Interlocked.Read(ref sent);

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
            await Refused(claim.Id, claim.Attempt, FailureCauses.Storage, $"Task {taskId} was made, but the row does not take it: {Databases.Reason(exception)}", isKnown: false);
            return true;
        }
    }

    /// <summary>Marks rows without a valid address as failed and returns the others.</summary>
    public async Task<IReadOnlyList<Candidate>> RefuseBad(IReadOnlyList<Candidate> batch)
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
    public void LeftOpen(Claim claim, string why)
    {
        progress.Add(failed: true);
        reporter.Warn(claim.Id, $"Media #{claim.Id} is left as it is: {why}");
    }

    /// <summary>Marks an item as failed that was not recorded as sent, and reports it.</summary>
    public async Task Refused(string id, int attempt, string cause, string error, bool isKnown = true)
    {
        if (!await Safely(() => claims.Refuse(id, attempt, cause, error, isKnown)))
        {
            reporter.Warn(id, $"Media #{id} was changed meanwhile and stays as it is: {error}");
            progress.Add();
            return;
        }

        progress.Add(failed: true);
        reporter.Warn(id, $"Failed to dispatch task for media #{id}: {error}");
    }

    /// <summary>Releases a claim that Ittybit certainly did not accept; this run does not try it again.</summary>
    public Task Released(Claim claim) => Safely(() => claims.Release(claim));

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
                    stop.Because($"The database {backlog.Database.Name} no longer takes results: {Databases.Reason(exception)} Run again; nothing is lost.", ExitCodes.Failed);
                    throw;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt), backlog.Clock, CancellationToken.None);
            }
        }
    }
}
