namespace Podcast.Batch.Sending;

/// <summary>
/// Makes the tasks of claimed items and records the results. At most one task is made per item and attempt, even if the process
/// dies in between: an unconfirmed claim is sent again only when Ittybit's list does not have its task.
/// </summary>
internal sealed class Dispatcher(
    IIttybitApi ittybit,
    Claims claims,
    Recorder recorder,
    InProcessLane lane,
    FailureBudget failureBudget,
    Stop stop,
    Func<Claim, CreateTaskRequest> request,
    RunSettings settings,
    TimeProvider clock)
{
    private const int MostTries = 5;
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NextLook = TimeSpan.FromSeconds(5);

    private readonly TaskLookup lookup = new(ittybit, claims, stop);

    // Locked while requests are under way, which only add to it.
    private readonly List<Unconfirmed> unconfirmed = [];

    public async Task Run(IAsyncEnumerable<IReadOnlyList<Claim>> batches)
    {
        await foreach (var batch in batches)
        {
            foreach (var claim in batch.Where(claim => claim.IsOpen))
                Track(claim, claim.TriedAt + settings.Grace, FailureCauses.NoAnswer, "An earlier run was ended while it sent this.");
            await SendAll(batch.Where(claim => !claim.IsOpen));
            await Confirm();
        }

        while (unconfirmed.Count > 0 && !stop.IsRequested)
        {
            await stop.Pause(unconfirmed.Min(one => one.LookAt) - clock.GetUtcNow(), clock);
            await Confirm();
        }
    }

    private Task SendAll(IEnumerable<Claim> batch) => Parallel.ForEachAsync(
        batch, new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency }, async (claim, _) => await Send(claim));

    private async Task Send(Claim claim)
    {
        claim = claim with { Tries = claim.Tries + 1, FirstTriedAt = claim.FirstTriedAt ?? clock.GetUtcNow() };
        while (!stop.IsRequested)
        {
            // Not cancelled when the run stops, because the answer holds the task's id. The client's time-out ends the call.
            var result = await TaskSubmission.Request(
                ittybit, request(claim), claim.Ref, exception => IttybitFailure.OfTrouble(exception, clock));
            if (result.Failure is not { } failure)
            {
                failureBudget.RecordCreation();
                if (result.Task is not { } task)
                    Track(claim, clock.GetUtcNow(), FailureCauses.SameTask, result.Doubt!);
                else if (!await recorder.Accepted(claim, task.Id))
                    Track(claim, clock.GetUtcNow(), FailureCauses.SameTask, $"Ittybit answered with {task.Id}, the task of another item.");
                return;
            }

            failureBudget.RecordFailure(failure);
            if (result.Doubt is { } doubt)
            {
                // After an error response Ittybit works no longer on the request; without a response the request may still arrive.
                var grace = failure.StatusCode is null || settings.Grace < 2 * FirstLook ? settings.Grace : 2 * FirstLook;
                Track(claim, clock.GetUtcNow() + grace, FailureCauses.NoAnswer, doubt);
                return;
            }

            if (failure.Kind == IttybitFailureKind.Final)
            {
                failureBudget.RecordSuccess();
                var cause = failure.Code ?? $"http_{failure.StatusCode}";
                await recorder.Refused(claim.Id, claim.Attempt, cause, $"API error {failure.StatusCode}. {failure.Message}");
                return;
            }

            if (failure.IsUnsent)
                lane.Slow(failure.Message);
        }

        await recorder.Released(claim);
    }

    private void Track(Claim claim, DateTimeOffset until, string cause, string reason)
    {
        lock (unconfirmed) unconfirmed.Add(new Unconfirmed(claim, until, clock.GetUtcNow() + FirstLook, cause, reason));
    }

    /// <summary>
    /// Looks for the tasks of unconfirmed claims that are due, and sends again those that certainly have none. An item is given up
    /// only if others were accepted meanwhile; else Ittybit fails, which ends the run by its patience.
    /// </summary>
    private async Task Confirm()
    {
        var now = clock.GetUtcNow();
        var due = unconfirmed.FindAll(one => one.LookAt <= now);
        unconfirmed.RemoveAll(one => one.LookAt <= now);
        if (due.Count == 0 || stop.IsRequested || await Find(due) is not { } found)
            return;

        var again = new List<Claim>();
        foreach (var one in due)
        {
            var (claim, known) = (one.Claim, found.Of(one.Claim));
            if (known?.Task is { } task && await recorder.Accepted(claim, task.Id))
                failureBudget.RecordSuccess();
            else if (now < one.Until)
                unconfirmed.Add(one with { LookAt = now + NextLook < one.Until ? now + NextLook : one.Until });
            else if (known?.Doubt is not null)
                await GiveUp(one, "Ittybit has its task, but tells it in a way that cannot be read.");
            else if (claim.Tries < MostTries || !failureBudget.HasCreatedSince(claim.FirstTriedAt))
                again.Add(await claims.Again(claim));
            else
                await GiveUp(one, $"Given up after {claim.Tries} tries. {one.Reason}");
        }

        await SendAll(again);
    }

    private Task GiveUp(Unconfirmed one, string error) =>
        recorder.Refused(one.Claim.Id, one.Claim.Attempt, one.Cause, error, isKnown: false);

    /// <summary>Null if the list could not be read. Then the claims stay unconfirmed.</summary>
    private async Task<TaskSearchResult<Claim>?> Find(List<Unconfirmed> due)
    {
        try
        {
            // A list that can be read is no success: creations may fail all the same, and must use up the patience.
            return await lookup.Find([.. due.Select(one => one.Claim)], settings.Task.Kind);
        }
        catch (Exception exception) when (IttybitFailure.OfTrouble(exception, clock) is { } failure)
        {
            failureBudget.RecordFailure(failure);
            unconfirmed.AddRange(due.Select(one => one with { LookAt = clock.GetUtcNow() + FirstLook }));
            return null;
        }
    }

    /// <summary>A claim whose request was sent but not answered, so that it is unknown whether Ittybit made the task.</summary>
    /// <param name="Until">If the task is not in Ittybit's list at this time, it was never made.</param>
    /// <param name="LookAt">When the list is searched for the task next.</param>
    /// <param name="Cause">Why the item failed if all tries fail: one of <see cref="FailureCauses"/>.</param>
    private sealed record Unconfirmed(Claim Claim, DateTimeOffset Until, DateTimeOffset LookAt, string Cause, string Reason);
}
