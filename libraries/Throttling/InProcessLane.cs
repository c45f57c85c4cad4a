using Podcast.Throttling.Calls;

namespace Podcast.Throttling;

/// <summary>
/// A lane of one run, kept in memory. Grants at most <c>10 × rate</c> permits in any 10 s, even across a kill and a restart: it
/// is slightly slower than the rate, makes up for little lost time, and begins with a wait. A 429 halves the rate, a successful
/// response raises it again.
/// </summary>
public sealed class InProcessLane : ILaneStore
{
    // In 10 s: 9.5 × rate at this share of the rate, and 0.25 × rate of lost time. The remaining 0.25 allows for requests
    // whose transit times differ.
    private const double Share = 0.95;
    private static readonly TimeSpan LostTime = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan OneCut = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly DateTimeOffset begun;
    private readonly long begunAt;
    private readonly LaneRow row;

    /// <param name="name">The provider: <c>ittybit</c>.</param>
    /// <param name="rate">The most calls per second; more than 0.</param>
    public InProcessLane(string name, double rate, TimeProvider clock)
    {
        this.clock = clock;
        (begun, begunAt) = (clock.GetUtcNow(), clock.GetTimestamp());
        Options = new ThrottleOptions
        {
            Rate = rate,
            LongestWait = TimeSpan.FromMilliseconds(int.MaxValue), // the longest that a timer can be set to
            PauseWhenTooMany = TimeSpan.FromSeconds(1),
            Recovery = TimeSpan.MaxValue,
            IsOfOneRun = true,
        };
        row = new LaneRow { Name = name, FreeAt = begun + Each(rate) };
    }

    /// <inheritdoc/>
    public string Name => row.Name;

    /// <summary>The rate at present, and until when no call is sent.</summary>
    public ThrottleStatus Status => Change((_, _) => null).Lane.View;

    internal ThrottleOptions Options { get; }

    // The row's times follow timestamps, because the time of day may be set back. The view shows the time of day.
    private DateTimeOffset Now => begun + clock.GetElapsedTime(begunAt);

    /// <summary>Waits for a permit.</summary>
    public async Task Take(CancellationToken cancellationToken)
    {
        while (Wait() is { } wait)
            await clock.Delay(wait, cancellationToken);
    }

    /// <summary>Slows the lane as a 429 does, because a call did not reach the provider. Within one second only once.</summary>
    public void Slow(string why) => Change((lane, now) => lane.Slow(now - OneCut, now, Options.PauseWhenTooMany, why, Options));

    async Task<Lease?> ILaneStore.Take(string kind, int count, double share, CancellationToken cancellationToken)
    {
        await Take(cancellationToken);
        return new Lease(Count: 1, IsProbe: false, End: 0, Each: 0);
    }

    Task<LaneStatus> ILaneStore.Read(CancellationToken cancellationToken) => Task.FromResult(Change((_, _) => null).Lane);

    Task<(LaneStatus Lane, ThrottleEvent? Event)> ILaneStore.Change(
        Func<LaneRow, DateTimeOffset, ThrottleEvent?> rule, CancellationToken cancellationToken) => Task.FromResult(Change(rule));

    internal (LaneStatus Lane, ThrottleEvent? Event) Change(Func<LaneRow, DateTimeOffset, ThrottleEvent?> rule)
    {
        lock (gate)
        {
            var now = Now;
            var change = rule(row, now);
            var (view, shift) = (row.View(now, Options), clock.GetUtcNow() - now);
            return (new LaneStatus(row, now, view with { Since = view.Since + shift, Until = view.Until + shift }), change);
        }
    }

    private TimeSpan? Wait()
    {
        lock (gate)
        {
            var now = Now;
            if (LaneRow.Later(row.FreeAt, row.OpenAt) is var next && next > now)
                return next - now;

            row.FreeAt = LaneRow.Later(row.FreeAt, now - LostTime) + Each(row.Rate(now, Options));
            return null;
        }
    }

    private static TimeSpan Each(double rate) => TimeSpan.FromSeconds(1 / (rate * Share));
}
