using System.Collections.Concurrent;

namespace Podcast.Throttling.Calls;

/// <summary>Releases calls at the time that the database assigned to them, unless the provider has refused calls since.</summary>
internal sealed class PermitIssuer : IDisposable
{
    // A permit that is used later than this is discarded: otherwise calls that were delayed together would be sent together.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(150);

    // Shorter waits are not worth a timer.
    private static readonly TimeSpan Negligible = TimeSpan.FromMilliseconds(1);

    private readonly LaneStore store;
    private readonly CircuitState circuit;
    private readonly Reasons reasons;
    private readonly ThrottleOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<ProviderThrottle> logger;
    private readonly InFlightTracker inFlight;
    private readonly ConcurrentDictionary<string, PermitQueue> queues = new();

    public PermitIssuer(LaneStore store, CircuitState circuit, Reasons reasons, ThrottleOptions options, TimeProvider clock, ILogger<ProviderThrottle> logger)
    {
        (this.store, this.circuit, this.reasons, this.options, this.clock, this.logger) = (store, circuit, reasons, options, clock, logger);
        inFlight = new InFlightTracker(clock);
    }

    /// <summary>
    /// The fraction of the rate at which calls are sent. It is below 1 so that the calls that reach the provider in any second,
    /// each at some time between its permit and its response, do not exceed the rate.
    /// </summary>
    private double Share => 1 / (1 + (Late + inFlight.Allowance).TotalSeconds);

    /// <summary>
    /// Waits for a permit for a call of <paramref name="kind"/>. Each kind has its own queue, because the provider may refuse one
    /// kind only.
    /// </summary>
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

    /// <summary>Records that a call is sent now.</summary>
    public InFlightTracker.Call Start() => inFlight.Start();

    public void Dispose()
    {
        foreach (var queue in queues.Values)
            queue.Dispose();
    }

    /// <summary>
    /// Waits for the time of the permit; false if it is too late, or if the lane was closed or calls are stuck.
    /// </summary>
    private async Task<bool> WaitFor(Permit permit, CancellationToken cancellationToken)
    {
        for (var left = clock.Until(permit.At); left > Negligible; left = clock.Until(permit.At))
            await Task.Delay(left, clock, cancellationToken);
        return permit.IsProbe || (clock.Until(permit.At) > -Late && !circuit.IsClosed && inFlight.Wait() == TimeSpan.Zero);
    }

    /// <summary>
    /// Gets permits from the database. Waits if the lane opens soon; throws <see cref="HeldBackException"/> otherwise.
    /// </summary>
    private async Task<Lease> TakePermits(string kind, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            await circuit.WaitUntilOpen(cancellationToken);
            while (inFlight.Wait() is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
                count = 1;
            }

            var queriedAt = clock.GetTimestamp();
            if (await Query(token => store.Take(kind, count, Share, token), cancellationToken) is { } lease)
            {
                circuit.OpenedBy(queriedAt);
                return lease;
            }

            var status = await Query(store.Read, cancellationToken);
            if (status.OpensIn > TimeSpan.Zero)
                circuit.Close(status.View.Why ?? reasons.Closed(status.View.Until), status.OpensIn, status.Row.IsPaused);
            else if (status.Row.FreeAt - status.Now > options.LongestWait)
                throw Busy();
        }
    }

    /// <summary>
    /// Queries the database. If that fails, holds the call back: without the database nothing enforces the common rate.
    /// </summary>
    private async Task<T> Query<T>(Func<CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            return await query(cancellationToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            logger.NotRead(store.Name, trouble.GetBaseException().GetType().Name);
            throw circuit.Hold(reasons.Unreadable, options.PauseWhenTooMany);
        }
    }

    private HeldBackException Busy() => new(reasons.Busy(options.LongestWait), options.LongestWait);
}
