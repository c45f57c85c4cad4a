namespace Podcast.Throttling.Calls;

/// <summary>Updates the lane from the provider's responses, as far as they concern other calls.</summary>
internal sealed class ResponseObserver(
    ILaneStore store, CircuitState circuit, ILaneListener? listener, ThrottleOptions options, TimeProvider clock, ILogger logger)
{
    // For this time after an accepted call the key counts as valid.
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    private long lastPassed;

    /// <param name="sent">When the call was sent, as a timestamp of the clock.</param>
    /// <returns>How long this response closes the lane; null if it does not concern other calls.</returns>
    public Task<TimeSpan?> Observe(Permit permit, long sent, HttpResponseMessage response)
    {
        var (status, wait) = ((int)response.StatusCode, RetryAfterHeader.Read(response.Headers, clock));
        return status switch
        {
            429 => TooMany(sent, status, wait),
            >= 500 when wait is not null => TooMany(sent, status, wait),
            401 or 402 or 403 when !options.IsOfOneRun => Refused(permit, sent, status),
            401 or 402 or 403 or 408 or 425 or >= 500 => Task.FromResult<TimeSpan?>(null), // do not show that calls are accepted
            _ => Passed(permit, response),
        };
    }

    /// <summary>The provider accepted a call. If the call was a probe, opens the lane and publishes this.</summary>
    private async Task<TimeSpan?> Passed(Permit permit, HttpResponseMessage response)
    {
        Interlocked.Exchange(ref lastPassed, clock.GetTimestamp());
        if (options.IsOfOneRun && response.IsSuccessStatusCode)
            await Change(200, (row, _) => row.Recover(options));
        if (!permit.IsProbe)
            return null;

        circuit.Open();
        if (await Change(200, (row, now) => row.Open(now)) is (_, { } opened) && listener is not null)
            await listener.Opened(opened);
        return null;
    }

    /// <summary>The provider reported too many calls: closes the lane for a while and reduces the rate.</summary>
    private async Task<TimeSpan?> TooMany(long sent, int statusCode, TimeSpan? wait)
    {
        var asked = wait > TimeSpan.Zero ? wait.Value : options.PauseWhenTooMany;
        var pause = asked < options.LongestPause ? asked : options.LongestPause;
        var span = wait is null ? "just now" : $"for {wait.Value.TotalSeconds:0.#} s";
        var reason = $"{store.Title} takes no more calls {span} ({statusCode}).";
        circuit.Close(reason, pause, isPause: false);
        var change = await Change(statusCode, (row, now) => row.Slow(now - clock.GetElapsedTime(sent), now, pause, reason, options));
        if (change is ({ View: var lane }, not null))
            logger.Slowed(store.Name, lane.Until, lane.Pace, reason);
        return pause;
    }

    /// <summary>The provider refused the key or wants payment: pauses the lane, which only an operator can remedy.</summary>
    private async Task<TimeSpan?> Refused(Permit permit, long sent, int statusCode)
    {
        // A 403 may concern this call alone; that is so if other calls were accepted just before.
        if (statusCode == 403 && !permit.IsProbe
            && Interlocked.Read(ref lastPassed) is var passed and not 0 && clock.GetElapsedTime(passed) < Proof)
            return null;

        var refusal = statusCode == 402 ? "asks for payment" : "does not accept our key";
        var reason = $"{store.Title} {refusal} ({statusCode}).";
        var pause = options.FirstProbe;
        var change = await Change(
            statusCode, (row, now) => row.Pause(now - clock.GetElapsedTime(sent), now, permit.Kind, reason, options));
        if (change is (var lane, var paused))
        {
            pause = lane.Row.IsPaused ? lane.OpensIn : TimeSpan.Zero;
            if (paused is not null && listener is not null)
                await listener.Paused(paused, lane.Row.OpenAt);
        }

        if (pause > TimeSpan.Zero)
            circuit.Close(reason, pause, isPause: true);
        return pause;
    }

    /// <summary>Changes the lane. Null if that fails, which is only logged, because the call itself has ended.</summary>
    private async Task<(LaneStatus Lane, ThrottleEvent? Event)?> Change(int statusCode, Func<LaneRow, DateTimeOffset, ThrottleEvent?> rule)
    {
        try
        {
            using var limit = new CancellationTokenSource(WriteWithin, clock);
            return await store.Change(rule, limit.Token);
        }
        catch (Exception trouble)
        {
            logger.NotWritten(store.Name, statusCode, trouble.GetBaseException().GetType().Name);
            return null;
        }
    }
}
