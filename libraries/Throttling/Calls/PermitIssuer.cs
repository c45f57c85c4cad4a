using System.Collections.Concurrent;

namespace Podcast.Throttling.Calls;

/// <summary>Releases calls at the time that the store assigned to them, unless the provider has refused calls since.</summary>
internal sealed class PermitIssuer(
    ILaneStore store, CircuitState circuit, ThrottleOptions options, TimeProvider clock, ILogger logger) : IDisposable
{
    // Shorter waits are not worth a timer.
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<string, PermitQueue> queues = new();

    public InFlightTracker InFlight { get; } = new(clock);

    /// <summary>
    /// The fraction of the rate at which calls are sent. It is below 1 so that the calls that reach the provider in any second,
    /// each at some time between its permit and its response, do not exceed the rate.
    /// </summary>
    private double Share => 1 / (1 + (PermitQueue.Late + InFlight.Allowance).TotalSeconds);

    /// <summary>How long the next call should wait for responses to others.</summary>
    private TimeSpan Stuck => options.IsOfOneRun ? TimeSpan.Zero : InFlight.Wait();

    /// <summary>The most seconds that the permits of one statement take: while the lane is slowed and responses are slow.</summary>
    public static double LongestLease(double rate) => rate > 0
        ? Math.Max(PermitQueue.LeaseSeconds, 1 / rate) / LaneRow.LeastShare
            * (1 + PermitQueue.Late.TotalSeconds + InFlightTracker.LongestAllowance)
        : 0;

    /// <summary>Waits for a permit. Each kind of call has its own queue, because the provider may refuse one kind only.</summary>
    /// <exception cref="HeldBackException">No permit is available in time.</exception>
    public async Task<Permit> Acquire(string kind, CancellationToken cancellationToken)
    {
        var queue = queues.GetOrAdd(kind, _ => new PermitQueue(kind, TakePermits, clock, options.Rate));
        using var limit = new CancellationTokenSource(options.LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (true)
            {
                var permit = await queue.Join(either.Token);
                if (await WaitFor(permit, either.Token))
                    return permit;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Busy();
        }
    }

    public void Dispose()
    {
        foreach (var queue in queues.Values)
            queue.Dispose();
    }

    /// <summary>Waits for the time of the permit; false if it is too late, the lane was closed, or calls are stuck.</summary>
    private async Task<bool> WaitFor(Permit permit, CancellationToken cancellationToken)
    {
        for (var left = clock.Until(permit.At); left > Negligible; left = clock.Until(permit.At))
            await clock.Delay(left, cancellationToken);
        return permit.IsProbe || (clock.Until(permit.At) > -PermitQueue.Late && !circuit.IsClosed && Stuck == TimeSpan.Zero);
    }

    /// <summary>Gets permits from the store. Waits if the lane opens soon; throws otherwise.</summary>
    private async Task<Lease> TakePermits(string kind, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            await circuit.WaitUntilOpen(cancellationToken);
            while (Stuck is var wait && wait > TimeSpan.Zero)
            {
                await clock.Delay(wait, cancellationToken);
                count = 1;
            }

            var queriedAt = clock.GetTimestamp();
            try
            {
                if (await store.Take(kind, count, Share, cancellationToken) is { } lease)
                {
                    circuit.OpenedBy(queriedAt);
                    return lease;
                }

                var lane = await store.Read(cancellationToken);
                var reason = lane.View.Why ?? $"{store.Title} is not called before {lane.View.Until:HH:mm:ss} UTC.";
                if (lane.OpensIn > TimeSpan.Zero)
                    circuit.Close(reason, lane.OpensIn, lane.Row.IsPaused);
                else if (lane.Row.FreeAt - lane.Now > options.LongestWait)
                    throw Busy();
            }
            catch (Exception trouble) when (trouble is not (OperationCanceledException or HeldBackException))
            {
                // Without the store nothing enforces the common rate.
                logger.NotRead(store.Name, trouble.GetBaseException().GetType().Name);
                throw circuit.Close(
                    $"Calls to {store.Title} wait: our own record of them cannot be read.", options.PauseWhenTooMany, isPause: true);
            }
        }
    }

    private HeldBackException Busy() => new(
        $"More calls to {store.Title} wait than may be made in {options.LongestWait.TotalSeconds:0} s.", options.LongestWait);
}
