namespace Podcast.Batch.Sending;

/// <summary>
/// Sends items in batches: claims them, sends the requests, records the results. At most one task is made per item and attempt,
/// even if the process dies between these steps.
/// </summary>
internal sealed class Dispatcher(
    IIttybitApi ittybit,
    Claims claims,
    TaskLookup lookup,
    Recorder recorder,
    AdaptiveRateLimiter rateLimiter,
    FailureBudget failureBudget,
    Stop stop,
    Func<Claim, CreateTaskRequest> request,
    RunSettings settings,
    TimeProvider clock)
{
    private const int MostTries = 5;
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(5);

    private readonly List<UnconfirmedClaim> lost = [];

    /// <summary>Sends <paramref name="total"/> items, a batch at a time, as <paramref name="next"/> returns them.</summary>
    public async Task Run(Func<int, Task<IReadOnlyList<Candidate>>> next, long total)
    {
        for (var left = total; left > 0 && !stop.IsRequested;)
        {
            var batch = await next((int)Math.Min(settings.BatchSize, left));
            if (batch.Count == 0)
                break;

            left -= batch.Count;
            await SendBatch(batch);
            await LookForLost();
            if (left > 0)
                await Pause(settings.Delay);
        }

        while (Waiting() is { } wait && !stop.IsRequested)
        {
            await Pause(wait);
            await LookForLost();
        }
    }

    private async Task SendBatch(IReadOnlyList<Candidate> batch)
    {
        var fresh = new List<Claim>(batch.Count);
        foreach (var claim in await claims.Take(await recorder.RefuseBad(batch), stop.Token))
        {
            if (claim.Via != Via.Task)
                recorder.LeftOpen(claim, "an earlier run may have told of it as an episode: run with --episodes first.");
            else if (claim.IsOpen)
                TrackUnconfirmed(new UnconfirmedClaim(claim, claim.TriedAt + settings.Grace, clock.GetUtcNow(), FailureCauses.NoAnswer, "An earlier run was ended while it sent this."));
            else
                fresh.Add(claim);
        }

        await SendAll(fresh);
    }

    private Task SendAll(IReadOnlyCollection<Claim> batch) => Parallel.ForEachAsync(
        batch, new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency }, async (claim, _) => await Send(claim));

    private async Task Send(Claim claim)
    {
        while (!stop.IsRequested)
        {
            try
            {
                // Not cancelled when the run stops, because the answer holds the task's id. The client's time-out ends the call.
                var task = await ittybit.CreateTask(request(claim), claim.Ref, CancellationToken.None);
                failureBudget.RecordSuccess();
                if (!await recorder.Accepted(claim, task.Id))
                    TrackUnconfirmed(Unconfirmed(claim, TimeSpan.Zero, FailureCauses.SameTask, $"Ittybit answered with {task.Id}, which belongs to another item."));
                return;
            }
            catch (Exception exception) when (NotSentException.IsIn(exception))
            {
                break;
            }
            catch (Exception exception) when (CallFailures.Of(exception, clock) is { } failure)
            {
                failureBudget.RecordFailure(failure);
                if (failure.Kind == IttybitFailureKind.Final)
                {
                    failureBudget.RecordSuccess();
                    await recorder.Refused(
                        claim.Id, claim.Attempt, failure.Code ?? $"http_{failure.StatusCode}", $"API error {failure.StatusCode}. {failure.Message}");
                    return;
                }

                if (failure.Kind == IttybitFailureKind.Transient && !IsUnsent(exception))
                {
                    // After an error response Ittybit works no longer on the request; without a response the request may still
                    // arrive.
                    var grace = failure.StatusCode is null ? settings.Grace : settings.Grace < 2 * FirstLook ? settings.Grace : 2 * FirstLook;
                    TrackUnconfirmed(Unconfirmed(claim, grace, FailureCauses.NoAnswer, failure.Message));
                    return;
                }

                if (IsUnsent(exception))
                    rateLimiter.Slow(null);
            }
        }

        await recorder.Released(claim);
    }

    /// <summary>True if the connection failed, so that the request cannot have reached Ittybit.</summary>
    private static bool IsUnsent(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    } || exception.InnerException is HttpRequestException inner && IsUnsent(inner);

    private UnconfirmedClaim Unconfirmed(Claim claim, TimeSpan grace, string cause, string reason)
    {
        var now = clock.GetUtcNow();
        return new UnconfirmedClaim(claim, now + grace, now + FirstLook, cause, reason);
    }

    private void TrackUnconfirmed(UnconfirmedClaim claim)
    {
        lock (lost) lost.Add(claim);
    }

    private TimeSpan? Waiting()
    {
        lock (lost)
        {
            if (lost.Count == 0)
                return null;
            var wait = lost.Min(one => one.LookAt) - clock.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }

    private async Task LookForLost()
    {
        List<UnconfirmedClaim> due;
        var now = clock.GetUtcNow();
        lock (lost)
        {
            due = lost.FindAll(one => one.LookAt <= now);
            lost.RemoveAll(one => one.LookAt <= now);
        }

        if (due.Count == 0 || stop.IsRequested || await Look(due) is not { } found)
            return;

        var again = new List<Claim>();
        foreach (var one in due)
        {
            var isThere = found.TryGetValue(one.Claim.Ref, out var taskId);
            if (taskId is not null && await recorder.Accepted(one.Claim, taskId))
                continue;

            if (now < one.Until)
                TrackUnconfirmed(one with { LookAt = now + NextLook < one.Until ? now + NextLook : one.Until });
            else if (isThere && taskId is null)
                await recorder.Refused(
                    one.Claim.Id, one.Claim.Attempt, one.Cause,
                    "Ittybit has its task, but tells it in a way that cannot be read.", isKnown: false);
            else if (one.Claim.Tries + 1 < MostTries)
                again.Add(await claims.Again(one.Claim));
            else
                await recorder.Refused(
                    one.Claim.Id, one.Claim.Attempt, one.Cause, $"Given up after {MostTries} tries. {one.Reason}", isKnown: false);
        }

        await SendAll(again);
    }

    /// <summary>The tasks by ref; null if the list could not be read. Then the claims stay unconfirmed.</summary>
    private async Task<IReadOnlyDictionary<string, string?>?> Look(List<UnconfirmedClaim> due)
    {
        try
        {
            var found = await lookup.Find([.. due.Select(one => one.Claim)], settings.Task.Kind);
            failureBudget.RecordSuccess();
            return found;
        }
        catch (Exception exception) when (NotSentException.IsIn(exception) || stop.IsRequested)
        {
            return null;
        }
        catch (Exception exception) when (CallFailures.Of(exception, clock) is { } failure)
        {
            failureBudget.RecordFailure(failure);
            due.ForEach(one => TrackUnconfirmed(one with { LookAt = clock.GetUtcNow() + FirstLook }));
            return null;
        }
    }

    private async Task Pause(TimeSpan time) => await Task.Delay(time, clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
