using Podcast.Contracts;
using Podcast.Ittybit;

namespace Podcast.Throttling.Tests;

public sealed class When_the_provider_has_too_much
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task nobody_calls_before_the_time_that_it_names(int status)
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(status, retryAfter: 2);
        await fleet.FailedCall();
        fleet.Provider.Answers(200);
        var refused = fleet.Clock.GetUtcNow();

        await fleet.Calls(4, 0, 1);

        fleet.Provider.Requests.Count.ShouldBe(5);
        fleet.Provider.Requests.Skip(1).ShouldAllBe(at => at >= refused.AddSeconds(2));
    }

    [Fact]
    public async Task who_would_wait_too_long_comes_back_later()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(429, retryAfter: 300);
        await fleet.FailedCall();

        var failure = await fleet.FailedCall(process: 1);

        fleet.Provider.Requests.Count.ShouldBe(1);
        failure.Kind.ShouldBe(IttybitFailureKind.LaneBlocked);
        failure.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(300, 330);
        failure.Message.ShouldBe("Ittybit takes no more calls for 300 s (429).");
    }

    [Fact]
    public async Task a_wait_without_end_has_one()
    {
        await using var fleet = await Fleet.Start();
        fleet.Provider.Answers(429, retryAfter: 100_000_000);

        await fleet.FailedCall();

        (await fleet.Lane().Read(default)).Until.ShouldBe(fleet.Clock.GetUtcNow() + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task the_rate_is_halved_once_for_each_rush_and_grows_back()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "40"), ("Lanes:Ittybit:Recovery", "00:01:00"));
        var answers = new TaskCompletionSource<HttpResponseMessage>();
        fleet.Provider.Answer = async _ => { await answers.Task; return Provider.Refusal(429, 1); };
        var rush = Enumerable.Range(0, 5).Select(_ => fleet.FailedCall()).ToList();
        while (fleet.Provider.Requests.Count < 5)
        {
            await Task.Delay(1);
            fleet.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        fleet.Clock.Advance(TimeSpan.FromMilliseconds(1)); // all were sent before the first answer
        answers.SetResult(Provider.Ok());
        await Task.WhenAll(rush);
        fleet.Clock.Advance(TimeSpan.FromSeconds(1.5));

        (await fleet.Lane().Read(default)).Rate.ShouldBe(20 + (40 * 1.5 / 60), 0.01);
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Slowed);
        (await fleet.Lane().Events(10, default)).ShouldHaveSingleItem().What.ShouldBe("slowed");
        fleet.Clock.Advance(TimeSpan.FromSeconds(30));
        (await fleet.Lane().Read(default)).ShouldBe(new ThrottleStatus("ittybit", LaneState.Open, null, null, null, null, 40));
    }

    [Fact]
    public async Task slowed_lane_gives_fewer_permits()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "10"), ("Lanes:Ittybit:Recovery", "1.00:00:00"));
        fleet.Provider.Answers(429, retryAfter: 1);
        await fleet.FailedCall();
        fleet.Provider.Answers(200);

        await fleet.Calls(6, 0);

        var times = fleet.Provider.Requests.Skip(1).ToList();
        (times[^1] - times[0]).ShouldBeGreaterThan(TimeSpan.FromSeconds((5 * 0.28) - 0.15)); // at 5 / 1.4 a second, the last a little late
    }

    [Fact]
    public async Task earlier_permits_are_void_after_a_refusal()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "20"));
        fleet.Provider.Answers(429, retryAfter: 5);
        var calls = Enumerable.Range(0, 4).Select(_ => fleet.FailedCall()).ToList(); // one lease

        while (!calls[0].IsCompleted)
            await Task.Delay(1);
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));

        fleet.Provider.Requests.Count.ShouldBe(1);
        await fleet.Through(Task.WhenAll(calls), step: 50);
    }
}
