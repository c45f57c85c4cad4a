using Microsoft.Extensions.Diagnostics.HealthChecks;
using Podcast.Contracts;
using Podcast.Ittybit;

namespace Podcast.Throttling.Tests;

public sealed class When_the_provider_refuses
{
    [Theory]
    [InlineData(401, "does not accept our key")]
    [InlineData(402, "asks for payment")]
    [InlineData(403, "does not accept our key")]
    public async Task nobody_calls_any_more_in_any_process(int status, string reason)
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(status);

        var first = await fleet.FailedCall();
        var second = await fleet.FailedCall();
        var other = await fleet.FailedCall(process: 1);

        fleet.Provider.Requests.Count.ShouldBe(1);
        foreach (var failure in (IttybitFailure[])[first, second, other])
        {
            failure.Kind.ShouldBe(IttybitFailureKind.LaneBlocked, failure.Message);
            failure.Message.ShouldContain(reason);
            failure.RetryAfter!.Value.TotalSeconds.ShouldBeInRange(30, 33);
        }
    }

    [Fact]
    public async Task refusal_is_shown_in_health_and_in_the_lane()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        (await fleet.Health(process: 1)).Status.ShouldBe(HealthStatus.Healthy);
        fleet.Provider.Answers(402);
        var at = fleet.Clock.GetUtcNow();
        await fleet.FailedCall();
        fleet.Clock.Advance(TimeSpan.FromSeconds(2));

        var health = await fleet.Health(process: 1);
        var view = await fleet.Lane(1).Read(default);

        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldBe("calls are paused since 2026-01-15 14:32:10Z: Ittybit asks for payment (402).");
        const string why = "Ittybit asks for payment (402).";
        view.ShouldBe(new ThrottleStatus("ittybit", LaneState.Paused, why, "ittybit", at, at.AddSeconds(30), 20));
        (await fleet.Lane(1).Events(10, default)).ShouldBe([new ThrottleEvent(at, "paused", "ittybit", why)]);
    }

    [Fact]
    public async Task one_call_at_a_time_tries_after_a_growing_gap()
    {
        await using var fleet = await Fleet.Start(processes: 3, ("Lanes:Ittybit:LongestProbe", "00:02:00"));
        fleet.Provider.Answers(402);
        await fleet.FailedCall();

        var gaps = new List<double>();
        var last = fleet.Clock.GetUtcNow();
        for (var round = 0; round < 30 && gaps.Count < 4; round++)
        {
            fleet.Clock.Advance(TimeSpan.FromSeconds(15));
            var before = fleet.Provider.Requests.Count;
            await Task.WhenAll(Enumerable.Range(0, 6).Select(call => fleet.FailedCall(call % 3)));
            if (fleet.Provider.Requests.Count == before)
                continue;

            fleet.Provider.Requests.Count.ShouldBe(before + 1);
            gaps.Add((fleet.Clock.GetUtcNow() - last).TotalSeconds);
            last = fleet.Clock.GetUtcNow();
        }

        gaps.ShouldBe([30, 60, 120, 120]);
    }

    [Fact]
    public async Task the_first_call_that_passes_opens_it_for_all()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(402);
        await fleet.FailedCall();
        fleet.Provider.Answers(200);
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));

        await fleet.Call(process: 1);
        await fleet.Calls(3, 0);

        fleet.Provider.Requests.Count.ShouldBe(5);
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
        (await fleet.Lane().Events(10, default)).Select(e => (e.What, e.By)).ShouldBe([("opened", "ittybit"), ("paused", "ittybit")]);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(422, true)]
    [InlineData(500, false)]
    [InlineData(429, false)]
    public async Task probe_answer_opens_the_lane_only_if_it_proves_access(int status, bool opens)
    {
        await using var fleet = await Fleet.Start();
        fleet.Provider.Answers(401);
        await fleet.FailedCall();
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));
        fleet.Provider.Answers(status);

        await fleet.FailedCall();

        (await fleet.Lane().Read(default)).State.ShouldBe(opens ? LaneState.Open : LaneState.Paused);
    }

    [Fact]
    public async Task a_try_that_never_ends_does_not_close_it_for_ever()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(402);
        await fleet.FailedCall();
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));
        var lost = new TaskCompletionSource<HttpResponseMessage>();
        fleet.Provider.Answer = _ => lost.Task;
        _ = fleet.Call(process: 0); // its process dies here
        await Testing.Eventually.Holds(() => fleet.Provider.Requests.Count == 2, "the first try is out");
        fleet.Provider.Answers(200);

        await fleet.FailedCall(process: 1);
        fleet.Clock.Advance(TimeSpan.FromSeconds(61));
        await fleet.Call(process: 1);

        fleet.Provider.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task resume_opens_the_lane_for_all_and_records_who_and_why()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        fleet.Provider.Answers(401);
        await fleet.FailedCall();
        await fleet.FailedCall(process: 1);
        fleet.Provider.Answers(200);
        fleet.Clock.Advance(TimeSpan.FromSeconds(2));

        var view = await fleet.Lane(1).Resume("olga", "new key", default);
        await fleet.Calls(4, 0, 1);

        view.State.ShouldBe(LaneState.Open);
        fleet.Provider.Requests.Count.ShouldBe(5);
        var record = (await fleet.Lane().Events(1, default)).ShouldHaveSingleItem();
        (record.What, record.By, record.Why).ShouldBe(("resumed", "olga", "new key"));
    }

    [Fact]
    public async Task opening_an_open_lane_is_no_event()
    {
        await using var fleet = await Fleet.Start();

        (await fleet.Lane().Resume("olga", null, default)).State.ShouldBe(LaneState.Open);

        (await fleet.Lane().Events(10, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task refusal_of_a_call_from_before_the_resume_closes_nothing()
    {
        await using var fleet = await Fleet.Start();
        var answers = new Queue<TaskCompletionSource<HttpResponseMessage>>([new(), new()]);
        var (first, slow) = (answers.ElementAt(0), answers.ElementAt(1));
        fleet.Provider.Answer = _ => answers.Dequeue().Task;
        var calls = (fleet.FailedCall(), fleet.FailedCall());
        while (answers.Count > 0)
        {
            await Task.Delay(5);
            fleet.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        first.SetResult(Provider.Refusal(402));
        await calls.Item1;
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        await fleet.Lane().Resume("olga", "paid", default);
        slow.SetResult(Provider.Refusal(402));
        await calls.Item2;

        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task a_403_about_one_call_alone_closes_nothing()
    {
        await using var fleet = await Fleet.Start();
        await fleet.Call();
        fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        fleet.Provider.Answers(403);

        (await fleet.FailedCall()).RetryAfter.ShouldBeNull();

        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
        fleet.Clock.Advance(TimeSpan.FromSeconds(11)); // nothing has passed for a while: now it is about all
        (await fleet.FailedCall()).RetryAfter.ShouldNotBeNull();
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Paused);
    }
}
