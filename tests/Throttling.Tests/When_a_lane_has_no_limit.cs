using Podcast.Testing;
using Podcast.Throttling.Calls;
using Podcast.Throttling.Lanes;

namespace Podcast.Throttling.Tests;

public sealed class When_a_lane_has_no_limit
{
    private readonly ManualClock clock = new();
    private int statements;

    [Fact]
    public async Task calls_of_the_same_moment_share_a_statement()
    {
        using var queue = Queue(rate: 0);

        await queue.Join(default);
        clock.Advance(PermitQueue.Late - TimeSpan.FromMilliseconds(1));
        await queue.Join(default);

        statements.ShouldBe(1);
    }

    [Fact]
    public async Task later_calls_hear_what_others_did_to_it()
    {
        using var queue = Queue(rate: 0);

        await queue.Join(default);
        clock.Advance(PermitQueue.Late);
        await queue.Join(default);

        statements.ShouldBe(2);
    }

    [Fact]
    public async Task limited_lane_gives_no_permit_that_nobody_waits_for()
    {
        using var queue = Queue(rate: 1000);

        await queue.Join(default);
        await queue.Join(default);

        statements.ShouldBe(2);
    }

    private PermitQueue Queue(double rate) => new("GET /tasks", Take, clock, rate);

    private Task<Lease> Take(string kind, int count, CancellationToken cancellationToken)
    {
        statements++;
        return Task.FromResult(new Lease(count, IsProbe: false, End: 0, Each: 0));
    }
}
