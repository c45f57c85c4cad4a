using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
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

    internal ProviderThrottle(string name, IServiceProvider services)
        : this(name, services.GetRequiredService<IOptionsMonitor<ThrottleOptions>>().Get(name), services)
    {
    }

    internal ProviderThrottle(string name, ThrottleOptions options, IServiceProvider services)
    {
        this.options = options;
        var (clock, logger) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ProviderThrottle>>());
        store = new LaneStore(name, options, services.GetRequiredService<IServiceScopeFactory>(), clock);
        Publisher = new LaneChangePublisher(store, services, clock, logger);
        Throttle = new Throttle(store, options, clock, logger, Publisher);
    }

    /// <summary>The provider, perhaps with an account: <c>ittybit</c>, <c>transistor/acme</c>.</summary>
    public string Name => store.Name;

    internal Throttle Throttle { get; }

    internal LaneChangePublisher Publisher { get; }

    /// <summary>The status of the lane, at most one second old.</summary>
    public Task<ThrottleStatus> Read(CancellationToken cancellationToken) => store.View(CircuitState.MaxAge, cancellationToken);

    /// <summary>The history of changes, newest first.</summary>
    public async Task<IReadOnlyList<ThrottleEvent>> Events(int most, CancellationToken cancellationToken) =>
        await store.Events(most, cancellationToken);

    /// <summary>Opens the lane at full rate for an operator. If it is open, only ends a wait that is too long for any call.</summary>
    public async Task<ThrottleStatus> Resume(string by, string? why, CancellationToken cancellationToken)
    {
        var (lane, opened) = await store.Change((row, now) => row.Resume(now, by, why, options), cancellationToken);
        Throttle.Open();
        if (opened is not null)
            await Publisher.Opened(opened);
        return lane.View;
    }

    public void Dispose() => Throttle.Dispose();
}
