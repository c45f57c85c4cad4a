using Podcast.Testing;

namespace Podcast.Throttling.Tests;

public sealed class When_answers_are_slow
{
    [Fact]
    public async Task stalled_provider_gets_few_calls_until_it_answers()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "40"), ("Lanes:Ittybit:LongestWait", "00:05:00"));
        var stall = new TaskCompletionSource();
        fleet.Provider.Answer = async _ => { await stall.Task; return Provider.Ok(); };
        var calls = Enumerable.Range(0, 60).Select(_ => fleet.Call()).ToList();

        await fleet.Through(Task.Delay(TimeSpan.FromSeconds(10), fleet.Clock), step: 20);

        // A quarter of a second's at 28 a second, then after 1/2, 1, 2, 4, 8 s.
        fleet.Provider.Requests.Count.ShouldBeInRange(2, 15);
        stall.SetResult();
        await fleet.Through(Task.WhenAll(calls), step: 20);
        fleet.Provider.Requests.Count.ShouldBe(60);
    }

    [Fact]
    public async Task a_call_that_is_slow_by_itself_holds_nobody_up_for_long()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "40"));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        fleet.Provider.Answer = _ => slow.Task;
        _ = fleet.Call();
        await Eventually.Holds(() => fleet.Provider.Requests.Count == 1, "the slow one is out");
        fleet.Provider.Answers(200);
        var began = fleet.Clock.GetUtcNow();

        await fleet.Calls(30, 0);

        (fleet.Clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromSeconds(4)); // 1.1 s at full speed
    }

    [Fact]
    public async Task fewer_leave()
    {
        await using var fleet = await Fleet.Start(1, ("Lanes:Ittybit:Rate", "10"));
        fleet.Provider.Answer = async _ => { await Task.Delay(TimeSpan.FromSeconds(0.5), fleet.Clock); return Provider.Ok(); };
        await fleet.Through(fleet.Call());

        await fleet.Calls(6, 0);

        var times = fleet.Provider.Requests.Skip(1).ToList();
        (times[^1] - times[0]).ShouldBeGreaterThan(TimeSpan.FromSeconds((5 * 0.2) - 0.15)); // not the 5 * 0.14 of quick answers
    }
}
