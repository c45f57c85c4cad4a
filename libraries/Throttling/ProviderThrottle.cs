using Microsoft.Extensions.Logging;
using Podcast.Throttling.Calls;
using Podcast.Throttling.Data;

namespace Podcast.Throttling;

/// <summary>
/// The way of all calls to one provider, of all our processes: so many in a second, none while it said to wait, none but single tries while
/// it wants a key or money.
/// </summary>
public sealed class ProviderThrottle : IDisposable
{
    private readonly ThrottleOptions options;
    private readonly LaneStore store;
    private readonly Openings openings;
    private readonly CircuitState gate;

    internal ProviderThrottle(ThrottleOptions options, LaneStore store, LaneNews news, TimeProvider clock, ILogger<ProviderThrottle> logger)
    {
        (this.options, this.store) = (options, store);
        var reasons = new Reasons(store.Name);
        openings = new Openings(store, news, logger);
        gate = new CircuitState(options.LongestWait, clock);
        Turns = new PermitIssuer(store, gate, reasons, options, clock, logger);
        Answers = new ResponseObserver(store, gate, reasons, news, openings, options, clock, logger);
    }

    /// <summary>The provider: <c>ittybit</c>.</summary>
    public string Name => store.Name;

    /// <summary>Before a call.</summary>
    internal PermitIssuer Turns { get; }

    /// <summary>After a call.</summary>
    internal ResponseObserver Answers { get; }

    /// <summary>The lane as it stood at most a second ago.</summary>
    public Task<ThrottleStatus> Read(CancellationToken cancellationToken) => store.View(CircuitState.Fresh, cancellationToken);

    /// <summary>What was done with it, newest first.</summary>
    public async Task<IReadOnlyList<ThrottleEvent>> Events(int most, CancellationToken cancellationToken) =>
        [.. (await store.Events(most, cancellationToken)).Select(e => new ThrottleEvent(e.At, e.What, e.By, e.Why))];

    /// <summary>Lets calls go at once, on a person's word. Of a lane that is open this changes nothing.</summary>
    public async Task<ThrottleStatus> Resume(string by, string? why, CancellationToken cancellationToken)
    {
        var (standing, happened) = await store.Change(
            (row, now) => row.Resume(now, by, options) ? row.Event(now, "resumed", by, why) : null, cancellationToken);
        gate.Open();
        if (happened is not null)
            await openings.Tell(happened, cancellationToken);
        return standing.View;
    }

    public void Dispose() => Turns.Dispose();

    /// <summary>Tells of an opening of which whoever opened the lane could not tell, or did not live to.</summary>
    internal Task TellWhatIsUntold(CancellationToken cancellationToken) => openings.TellWhatIsUntold(cancellationToken);
}
