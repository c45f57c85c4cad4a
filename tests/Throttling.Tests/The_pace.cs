using Podcast.Testing;

namespace Podcast.Throttling.Tests;

public sealed class The_pace
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3.7)]
    [InlineData(50)]
    public async Task lets_no_more_than_the_limit_into_any_ten_seconds(double limit)
    {
        var pace = new InProcessLane("ittybit", limit, clock);
        var times = await Sent(pace, TimeSpan.FromSeconds(60));

        Peak(times).ShouldBeLessThanOrEqualTo((int)Math.Floor(limit * 10));
        times.Count.ShouldBeGreaterThan((int)(limit * 60 * 0.85) - 2);
    }

    [Fact]
    public async Task keeps_the_limit_when_a_run_is_killed_and_begun_again()
    {
        var times = new List<DateTimeOffset>();
        for (var run = 0; run < 30; run++)
        {
            var pace = new InProcessLane("ittybit", 20, clock);
            clock.Advance(TimeSpan.FromMilliseconds(run % 3 == 0 ? 0 : 100));
            times.AddRange(await Sent(pace, TimeSpan.FromSeconds(1.5)));
        }

        Peak(times).ShouldBeLessThanOrEqualTo(200);
        times.Count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task lets_nothing_pass_while_ittybit_asks_to_wait()
    {
        var pace = new InProcessLane("ittybit", 100, clock);
        clock.Advance(TimeSpan.FromSeconds(1));

        pace.Change((row, now) => row.Slow(now, now, TimeSpan.FromSeconds(30), "refused", pace.Options));

        var waits = clock.GetUtcNow();
        var times = await Sent(pace, TimeSpan.FromSeconds(31));
        times[0].ShouldBeGreaterThanOrEqualTo(waits + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void rate_halves_once_for_refusals_together_and_recovers()
    {
        var pace = new InProcessLane("ittybit", 40, clock);

        pace.Slow("refused");
        pace.Slow("refused");
        pace.Status.Rate.ShouldBe(20, 1e-6);

        clock.Advance(TimeSpan.FromSeconds(2));
        pace.Slow("refused");
        pace.Status.Rate.ShouldBe(10, 1e-6);

        for (var good = 0; good < 5; good++)
            Recover(pace);
        pace.Status.Rate.ShouldBe(20, 1e-6);
        for (var good = 0; good < 50; good++)
            Recover(pace);
        pace.Status.Rate.ShouldBe(40);
    }

    [Fact]
    public void never_slows_to_a_stop()
    {
        var pace = new InProcessLane("ittybit", 10, clock);
        for (var refusal = 0; refusal < 100; refusal++)
        {
            pace.Slow("refused");
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        pace.Status.Rate.ShouldBe(0.5, 1e-6);
    }

    private static void Recover(InProcessLane pace) => pace.Change((row, _) => row.Recover(pace.Options));

    /// <summary>When somebody who always wants to send may.</summary>
    private async Task<List<DateTimeOffset>> Sent(InProcessLane pace, TimeSpan during)
    {
        var times = new List<DateTimeOffset>();
        var end = clock.GetUtcNow() + during;
        while (true)
        {
            var leave = pace.Take(CancellationToken.None);
            while (!leave.IsCompleted && clock.GetUtcNow() < end)
                clock.Advance(TimeSpan.FromMilliseconds(1));
            if (!leave.IsCompleted)
                return times;
            await leave;
            times.Add(clock.GetUtcNow());
        }
    }

    private static int Peak(List<DateTimeOffset> times) =>
        times.Select((time, first) => times.Skip(first).TakeWhile(other => other - time < Window).Count()).DefaultIfEmpty().Max();
}
