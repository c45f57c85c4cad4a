using Microsoft.AspNetCore.Http;

namespace Podcast.Throttling.Calls;

/// <summary>Updates the lane from the provider's responses, as far as they concern other calls.</summary>
internal sealed class ResponseObserver(
    LaneStore store, CircuitState circuit, Reasons reasons, LaneChangePublisher publisher, ThrottleOptions options, TimeProvider clock, ILogger<ProviderThrottle> logger)
{
    // For this time after an accepted call the key counts as valid.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    private readonly string name = store.Name;
    private long lastPassed;

    /// <summary>The provider accepted a call. If the call was a probe, opens the lane and publishes this.</summary>
    public async Task Passed(Permit permit)
    {
        Interlocked.Exchange(ref lastPassed, clock.GetTimestamp());
        if (!permit.IsProbe)
            return;

        circuit.Open();
        await Write(StatusCodes.Status200OK, async token =>
        {
            var (_, change) = await store.Change(
                (row, now) => row.Open(now, name) ? row.Event(now, "opened", name, "It takes calls again.") : null, token);
            if (change is not null)
                await publisher.Opened(change, token);
        });
    }

    /// <summary>The provider reported too many calls: closes the lane for a while and reduces the rate.</summary>
    /// <param name="sent">When the call was sent, as a timestamp of the clock.</param>
    /// <param name="wait">The wait that the provider asks for; null if none.</param>
    /// <returns>How long the lane is closed.</returns>
    public async Task<TimeSpan> TooMany(long sent, int statusCode, TimeSpan? wait)
    {
        var pause = wait > TimeSpan.Zero ? wait.Value : options.PauseWhenTooMany;
        pause = pause < options.LongestPause ? pause : options.LongestPause;
        var reason = reasons.TooMany(statusCode, wait);
        circuit.Close(reason, pause, isPause: false);
        await Write(statusCode, async token =>
        {
            var (status, change) = await store.Change(
                (row, now) => row.Slow(now - clock.GetElapsedTime(sent), now, pause, name, reason, options)
                    ? row.Event(now, "slowed", name, reason)
                    : null,
                token);
            if (change is not null)
                logger.Slowed(name, status.View.Until, status.View.Pace, reason);
        });
        return pause;
    }

    /// <summary>The provider refused the key or wants payment: pauses the lane, which only an operator can remedy.</summary>
    /// <param name="sent">When the call was sent, as a timestamp of the clock.</param>
    /// <returns>How long the lane is paused; null if the refusal concerns only this call.</returns>
    public async Task<TimeSpan?> Refused(Permit permit, long sent, int statusCode)
    {
        // A 403 may concern this call alone; that is so if other calls were accepted just before.
        if (statusCode == StatusCodes.Status403Forbidden && !permit.IsProbe
            && Interlocked.Read(ref lastPassed) is var passed and not 0 && clock.GetElapsedTime(passed) < Proof)
            return null;

        var reason = reasons.Refused(statusCode);
        TimeSpan? pause = options.FirstProbe;
        await Write(statusCode, async token =>
        {
            var (status, change) = await store.Change(
                (row, now) => row.Pause(now - clock.GetElapsedTime(sent), now, permit.Kind, name, reason, options)
                    ? row.Event(now, "paused", name, reason)
                    : null,
                token);
            pause = status.View.State == LaneState.Paused ? status.OpensIn : TimeSpan.Zero;
            if (change is not null)
                await publisher.Paused(change, status.Row.OpenAt);
        });
        if (pause > TimeSpan.Zero)
            circuit.Close(reason, pause.Value, isPause: true);
        return pause;
    }

    /// <summary>Writes to the lane. A failure is only logged, because the call itself has ended.</summary>
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
