using Podcast.Throttling.Calls;

namespace Podcast.Throttling;

/// <summary>
/// Rate limit and circuit breaker for one provider, shared by all processes. 429 or <c>Retry-After</c> closes it; 401, 402 and
/// 403 pause it, with single probes.
/// </summary>
public sealed class ProviderThrottle : IDisposable
{
    private readonly ThrottleOptions options;
    private readonly LaneStore store;
    private readonly CircuitState circuit;

    internal ProviderThrottle(ThrottleOptions options, LaneStore store, LaneChangePublisher publisher, TimeProvider clock, ILogger<ProviderThrottle> logger)
    {
        (this.options, this.store, Publisher) = (options, store, publisher);
        var reasons = new Reasons(store.Name);
        circuit = new CircuitState(options.LongestWait, clock);
        Permits = new PermitIssuer(store, circuit, reasons, options, clock, logger);
        Responses = new ResponseObserver(store, circuit, reasons, publisher, options, clock, logger);
    }

    /// <summary>The provider, perhaps with an account: <c>ittybit</c>, <c>transistor/acme</c>.</summary>
    public string Name => store.Name;

    /// <summary>Issues permits before calls.</summary>
    internal PermitIssuer Permits { get; }

    /// <summary>Evaluates responses after calls.</summary>
    internal ResponseObserver Responses { get; }

    /// <summary>Publishes changes.</summary>
    internal LaneChangePublisher Publisher { get; }

    /// <summary>The status of the lane, at most one second old.</summary>
    public Task<ThrottleStatus> Read(CancellationToken cancellationToken) => store.View(CircuitState.MaxAge, cancellationToken);

    /// <summary>The history of changes, newest first.</summary>
    public async Task<IReadOnlyList<ThrottleEvent>> Events(int most, CancellationToken cancellationToken) =>
        [.. (await store.Events(most, cancellationToken)).Select(e => new ThrottleEvent(e.At, e.What, e.By, e.Why))];

    /// <summary>Opens the lane at full rate for an operator. Does nothing if it is open.</summary>
    public async Task<ThrottleStatus> Resume(string by, string? why, CancellationToken cancellationToken)
    {
        var (status, change) = await store.Change(
            (row, now) => row.Resume(now, by, options) ? row.Event(now, "resumed", by, why) : null, cancellationToken);
        circuit.Open();
        if (change is not null)
            await Publisher.Opened(change, cancellationToken);
        return status.View;
    }

    public void Dispose() => Permits.Dispose();
}
