using Microsoft.Extensions.DependencyInjection;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.Throttling.Tests;

public sealed class When_calls_are_paced
{
    [Fact]
    public async Task the_first_leaves_at_once()
    {
        await using var fleet = await Fleet.Start();

        await fleet.Call();

        fleet.Provider.Requests.ShouldHaveSingleItem().ShouldBe(fleet.Clock.GetUtcNow());
    }

    [Fact]
    public async Task the_others_follow_evenly_at_seven_tenths_of_the_rate()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "10"));

        await fleet.Calls(9, 0);

        var times = fleet.Provider.Requests;
        (times[^1] - times[0]).TotalSeconds.ShouldBeInRange((8 * 0.14) - 0.15, 3);
    }

    [Fact]
    public async Task processes_share_the_rate()
    {
        await using var fleet = await Fleet.Start(3, ("Lanes:Ittybit:Rate", "10"));

        await fleet.Calls(15, 0, 1, 2);

        fleet.Provider.Requests.Count.ShouldBe(15);
        Peak(fleet.Provider.Requests).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task no_rate_sets_no_limit()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "0"));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => fleet.Call()));

        fleet.Provider.Requests.Count.ShouldBe(100); // and the clock stood still
    }

    [Fact]
    public async Task call_that_would_wait_too_long_is_refused_without_sending()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "1"), ("Lanes:Ittybit:LongestWait", "00:00:04"));
        var calls = Enumerable.Range(0, 10).Select(_ => Outcome(fleet)).ToList();

        await fleet.Through(Task.WhenAll(calls));

        var failures = calls.Select(call => call.Result).OfType<IttybitFailure>().ToList();
        failures.Count.ShouldBe(7); // one passes at once and one each 1.4 s
        failures.ShouldAllBe(failure => failure.Kind == IttybitFailureKind.LaneBlocked && failure.RetryAfter >= TimeSpan.FromSeconds(4));
        failures[0].Message.ShouldContain("More calls to Ittybit wait");
        fleet.Provider.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_caller_that_leaves_keeps_nobody_waiting()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "1"));
        await fleet.Call();
        using var patience = new CancellationTokenSource();
        var leaver = fleet.Lane().Throttle.Permits.Acquire("GET /tasks", patience.Token);
        var next = fleet.Call();

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(leaver);
        await fleet.Through(next);
        fleet.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_caller_waits_for_the_last_fraction_of_a_millisecond_too()
    {
        await using var fleet = await Fleet.Start();
        fleet.Provider.Answers(429, retryAfter: 2);
        await fleet.FailedCall();
        fleet.Clock.Advance(TimeSpan.FromMilliseconds(1999.5)); // a timer of less than a millisecond would end at once

        var call = Task.Run(() => fleet.Lane().Throttle.Permits.Acquire("GET /tasks", default));

        await Eventually.Holds(() => fleet.Clock.Waiting == 2, "it waits for its permit, with a limit, and queries no more");
        fleet.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await call.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void name_that_the_database_cannot_store_is_refused_at_start(int length, bool isTaken)
    {
        var name = new string('a', length);

        var refusal = Record.Exception(() => new ServiceCollection().AddProviderThrottle(name));

        (refusal is null).ShouldBe(isTaken);
        (refusal?.Message ?? "").ShouldBe(isTaken ? "" : $"A lane's name has at most 50 characters, not 51: {name}");
    }

    private static async Task<IttybitFailure?> Outcome(Fleet fleet)
    {
        try
        {
            await fleet.Call();
            return null;
        }
        catch (Exception failure)
        {
            return IttybitFailure.Of(failure, fleet.Clock);
        }
    }

    /// <summary>The most calls in any second.</summary>
    private static int Peak(IReadOnlyList<DateTimeOffset> times) =>
        times.Max(from => times.Count(time => time >= from && time < from.AddSeconds(1)));
}
