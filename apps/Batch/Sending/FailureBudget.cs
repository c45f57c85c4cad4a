namespace Podcast.Batch.Sending;

/// <summary>
/// Decides when failed requests end the whole run, because the cause lies with Ittybit, the account or the network, not with the
/// items.
/// </summary>
internal sealed class FailureBudget(TimeSpan limit, Stop stop, TimeProvider clock)
{
    // Fewer failures may concern a few bad items after a long pause.
    private const int Several = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // If no request was ever answered, address or network are probably wrong; waiting for the full limit would not help.
    private static readonly TimeSpan UntilFirstAnswer = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private DateTimeOffset lastGood = clock.GetUtcNow();
    private DateTimeOffset? badSince;
    private bool hasAnswered;
    private int failures;
    private volatile string? trouble;

    /// <summary>The message of the last failure, for users; null since the last successful answer.</summary>
    public string? Trouble => trouble;

    public void RecordSuccess()
    {
        lock (gate) (lastGood, badSince, failures, trouble) = (clock.GetUtcNow(), null, 0, null);
    }

    /// <summary>Any response arrived from Ittybit's address, whatever its status.</summary>
    public void RecordAnswer()
    {
        lock (gate) hasAnswered = true;
    }

    public void RecordFailure(IttybitFailure failure)
    {
        trouble = failure.Message;
        if (failure.StatusCode is 401 or 402 or 403)
        {
            stop.Because($"{failure.Message} Nothing was marked failed; run again when that is settled.", ExitCodes.Failed);
            return;
        }

        if (failure.RetryAfter > LongestPause)
        {
            var until = Data.Times.Text(clock.GetUtcNow() + failure.RetryAfter.Value);
            stop.Because($"{failure.Message} It asks to be left alone until {until} UTC; run again then.", ExitCodes.Failed);
            return;
        }

        TimeSpan waited;
        bool isAnybodyThere;
        lock (gate)
        {
            failures++;
            badSince ??= clock.GetUtcNow();
            isAnybodyThere = hasAnswered;
            waited = isAnybodyThere || limit < UntilFirstAnswer ? limit : UntilFirstAnswer;
            if (failures < Several || clock.GetUtcNow() - (isAnybodyThere ? lastGood : badSince) < waited)
                return;
        }

        var reason = $"{failure.Message.TrimEnd('.')}. Nothing was marked failed; run again";
        stop.Because(
            isAnybodyThere
                ? $"No good answer for {waited.TotalSeconds:0} s; the last was: {reason} later."
                : $"Nothing has answered since the first request, {waited.TotalSeconds:0} s ago. {reason}"
                    + " when network and address (Ittybit__BaseAddress) are right.",
            ExitCodes.Failed);
    }
}
