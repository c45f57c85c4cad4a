using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Podcast.Contracts;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Calls;

/// <summary>What the provider made of a call: noted in the lane, where it concerns other calls too.</summary>
internal sealed class ResponseObserver(
    LaneStore store, CircuitState gate, Reasons reasons, LaneNews news, Openings openings, ThrottleOptions options, TimeProvider clock, ILogger<ProviderThrottle> logger)
{
    // For so long a call that passed proves that our key is good.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    private readonly string name = store.Name;
    private long lastPassed;

    /// <summary>The provider takes calls of this kind, which is news only where it refused them.</summary>
    public async Task Passed(Permit turn)
    {
        Interlocked.Exchange(ref lastPassed, clock.GetTimestamp());
        if (!turn.IsProbe)
            return;

        gate.Open();
        await Write(StatusCodes.Status200OK, async token =>
        {
            var (_, happened) = await store.Change(
                (row, now) => row.Open(now, name) ? row.Event(now, "opened", name, "It takes calls again.") : null, token);
            if (happened is not null)
                await openings.Tell(happened, token);
        });
    }

    /// <summary>The provider says that we ask too much.</summary>
    /// <param name="sent">When the call left, as a timestamp of our clock.</param>
    /// <param name="wait">How long it asks us to wait, if it does.</param>
    /// <returns>How long nobody calls.</returns>
    public async Task<TimeSpan> TooMany(long sent, int statusCode, TimeSpan? wait)
    {
        var pause = wait > TimeSpan.Zero ? wait.Value : options.PauseWhenTooMany;
        pause = pause < options.LongestPause ? pause : options.LongestPause;
        var reason = reasons.TooMany(statusCode, wait);
        gate.Close(reason, pause, isPause: false);
        await Write(statusCode, async token =>
        {
            var (standing, happened) = await store.Change(
                (row, now) => row.Slow(now - clock.GetElapsedTime(sent), now, pause, name, reason, options)
                    ? row.Event(now, "slowed", name, reason)
                    : null,
                token);
            if (happened is not null)
                logger.Slowed(name, standing.View.Until, standing.View.Pace, reason);
        });
        return pause;
    }

    /// <summary>The provider wants something that only a person can give.</summary>
    /// <param name="sent">When the call left, as a timestamp of our clock.</param>
    /// <returns>How long nobody calls; null when the refusal says nothing about other calls.</returns>
    public async Task<TimeSpan?> Refused(Permit turn, long sent, int statusCode)
    {
        // A 403 may be about this call alone: where others just passed, it is.
        if (statusCode == StatusCodes.Status403Forbidden && !turn.IsProbe
            && Interlocked.Read(ref lastPassed) is var passed and not 0 && clock.GetElapsedTime(passed) < Proof)
            return null;

        var reason = reasons.Refused(statusCode);
        TimeSpan? pause = options.FirstProbe;
        await Write(statusCode, async token =>
        {
            var (standing, happened) = await store.Change(
                (row, now) => row.Pause(now - clock.GetElapsedTime(sent), now, turn.Kind, name, reason, options)
                    ? row.Event(now, "paused", name, reason)
                    : null,
                token);
            pause = standing.View.State == LaneState.Paused ? standing.OpensIn : TimeSpan.Zero;
            if (happened is not null)
                await news.Paused(happened, standing.Row.OpenAt);
        });
        if (pause > TimeSpan.Zero)
            gate.Close(reason, pause.Value, isPause: true);
        return pause;
    }

    /// <summary>A call is over, whatever becomes of our note of its answer.</summary>
    private async Task Write(int statusCode, Func<CancellationToken, Task> write)
    {
        try
        {
            using var limit = new CancellationTokenSource(WriteWithin, clock);
            await write(limit.Token);
        }
        catch (Exception trouble)
        {
            logger.NotWritten(name, statusCode, trouble.GetBaseException().GetType().Name);
        }
    }
}
