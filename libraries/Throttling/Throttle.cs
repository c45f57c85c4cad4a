using Podcast.Throttling.Calls;

namespace Podcast.Throttling;

/// <summary>
/// Rate limit and circuit breaker of this process for one provider. What it shares with other callers is in an
/// <see cref="ILaneStore"/>.
/// </summary>
internal sealed class Throttle : IDisposable
{
    private readonly CircuitState circuit;

    public Throttle(ILaneStore store, ThrottleOptions options, TimeProvider clock, ILogger logger, ILaneListener? listener = null)
    {
        circuit = new CircuitState(options.LongestWait, clock);
        Permits = new PermitIssuer(store, circuit, options, clock, logger);
        Responses = new ResponseObserver(store, circuit, listener, options, clock, logger);
    }

    public PermitIssuer Permits { get; }

    public ResponseObserver Responses { get; }

    /// <summary>Forgets that the lane is closed, because a person has opened it.</summary>
    public void Open() => circuit.Open();

    public void Dispose() => Permits.Dispose();
}
