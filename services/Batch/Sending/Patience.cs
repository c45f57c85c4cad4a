using Podcast.Batch.Cli;
using Podcast.Batch.Running;
using Podcast.Ittybit.Client;

namespace Podcast.Batch.Sending;

/// <summary>Decides when failing requests mean that the whole run must end: then nothing is wrong with the items.</summary>
internal sealed class Patience(TimeSpan limit, Stop stop, TimeProvider clock)
{
    // Fewer may be bad luck with a few items after a long wait.
    private const int Several = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private DateTimeOffset lastGood = clock.GetUtcNow();
    private int failures;

    public void Good()
    {
        lock (gate) (lastGood, failures) = (clock.GetUtcNow(), 0);
    }

    public void Bad(IttybitFailure failure)
    {
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

        lock (gate)
        {
            failures++;
            if (failures < Several || clock.GetUtcNow() - lastGood < limit)
                return;
        }

        stop.Because($"No good answer for {limit.TotalSeconds:0} s; the last was: {failure.Message} Nothing was marked failed; run again later.", ExitCodes.Failed);
    }
}
