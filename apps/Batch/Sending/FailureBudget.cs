using Podcast.Batch.Cli;
using Podcast.Batch.Running;
using Podcast.Ittybit;

namespace Podcast.Batch.Sending;

/// <summary>Decides when failing requests mean that the whole run must end: then nothing is wrong with the items.</summary>
internal sealed class FailureBudget(TimeSpan limit, Stop stop, TimeProvider clock)
{
    // Fewer may be bad luck with a few items after a long wait.
    private const int Several = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    // Where nothing has ever answered, somebody must look at address and network, and a night of waiting helps neither.
    private static readonly TimeSpan UntilFirstAnswer = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private DateTimeOffset lastGood = clock.GetUtcNow();
    private DateTimeOffset? badSince;
    private bool hasAnswered;
    private int failures;
    private volatile string? trouble;

    /// <summary>Why the last request came to nothing, for people; null since the last good answer.</summary>
    public string? Trouble => trouble;

    public void Good()
    {
        lock (gate) (lastGood, badSince, failures, trouble) = (clock.GetUtcNow(), null, 0, null);
    }

    /// <summary>Ittybit, or whatever is at its address, has answered: well or badly.</summary>
    public void Answered()
    {
        lock (gate) hasAnswered = true;
    }

    public void Bad(IttybitFailure failure)
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
