namespace Podcast.Batch.Sending;

/// <summary>Decides when failed requests end the run, because the cause is Ittybit, the account or the network.</summary>
internal sealed class FailureBudget(TimeSpan limit, Stop stop, TimeProvider clock)
{
    // Fewer failures may concern a few bad items after a long pause.
    private const int Several = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // If no request was ever answered, address or network are probably wrong; waiting for the full limit would not help.
    private static readonly TimeSpan UntilFirstAnswer = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private DateTimeOffset? badSince;
    private DateTimeOffset? lastCreation;
    private volatile bool hasAnswered;
    private int failures;
    private volatile string? trouble;

    /// <summary>The message of the last failure, for users; null since the last successful answer.</summary>
    public string? Trouble => trouble;

    /// <summary>True if a task was created since <paramref name="time"/>: what fails since then is not Ittybit as a whole.</summary>
    public bool HasCreatedSince(DateTimeOffset? time)
    {
        lock (gate) return lastCreation > time;
    }

    public void RecordCreation()
    {
        lock (gate) lastCreation = clock.GetUtcNow();
        RecordSuccess();
    }

    public void RecordSuccess()
    {
        lock (gate) (badSince, failures, trouble) = (null, 0, null);
    }

    /// <summary>Any response arrived from Ittybit's address, whatever its status.</summary>
    public void RecordAnswer() => hasAnswered = true;

    public void RecordFailure(IttybitFailure failure)
    {
        if (stop.IsRequested)
            return; // the call was held back or interrupted

        trouble = failure.Message;
        if (failure.StatusCode is 401 or 402 or 403)
            stop.Because($"{failure.Message} Nothing was marked failed; run again when that is settled.");
        else if (failure.RetryAfter > LongestPause)
            stop.Because($"{failure.Message} It asks to be left alone until"
                + $" {Times.Text(clock.GetUtcNow() + failure.RetryAfter.Value)} UTC; run again then.");
        else if (IsSpent(out var waited))
            stop.Because(hasAnswered
                ? $"No good answer for {waited.TotalSeconds:0} s; the last was: {failure.Message.TrimEnd('.')}."
                    + " Nothing was marked failed; run again later."
                : $"Nothing has answered since the first request, {waited.TotalSeconds:0} s ago. {failure.Message.TrimEnd('.')}."
                    + " Nothing was marked failed; run again when network and address (Ittybit__BaseAddress) are right.");
    }

    private bool IsSpent(out TimeSpan waited)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            failures++;
            badSince ??= now;
            waited = hasAnswered || limit < UntilFirstAnswer ? limit : UntilFirstAnswer;
            return failures >= Several && now - badSince >= waited;
        }
    }
}
