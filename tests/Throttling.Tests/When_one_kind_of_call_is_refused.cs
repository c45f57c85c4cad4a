using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Testing;

namespace Podcast.Throttling.Tests;

public sealed class When_one_kind_of_call_is_refused
{
    // No call waits for the clock, which stands still.
    private static readonly (string, string) unlimited = ("Lanes:Ittybit:Rate", "0");

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    public async Task a_call_of_another_kind_does_not_open_the_lane(int status)
    {
        await using var fleet = await Fleet.Start(processes: 2, unlimited);
        fleet.Provider.RefusesOrders(status);
        await fleet.FailedOrder();

        (await fleet.FailedCall(process: 1)).Kind.ShouldBe(IttybitFailureKind.LaneBlocked);
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));
        await fleet.Call(process: 1);

        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Paused);
        fleet.Provider.Answers(200);
        await fleet.Order();
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task the_gap_between_its_tries_grows_although_others_pass()
    {
        await using var fleet = await Fleet.Start(processes: 3, unlimited, ("Lanes:Ittybit:LongestProbe", "00:02:00"));
        fleet.Provider.RefusesOrders(402);
        await fleet.FailedOrder();

        var gaps = await Gaps(fleet, async () =>
        {
            for (var process = 0; process < 3; process++)
                await Passes(fleet, () => fleet.Call(process));
            await Task.WhenAll(Enumerable.Range(0, 6).Select(order => fleet.FailedOrder(order % 3)));
        });

        gaps.ShouldBe([30, 60, 120, 120]);
        (await fleet.Lane().Events(10, default)).ShouldHaveSingleItem().What.ShouldBe("paused");
    }

    [Fact]
    public async Task PostgreSQL_distinguishes_the_kinds_too()
    {
        await using var database = await PostgresServer.CreateDatabase();
        await using var fleet = await Fleet.Start(
            1, unlimited, ("ConnectionStrings:Lanes", database.ConnectionString), ("Lanes:Ittybit:FirstProbe", "00:00:00.100"));
        fleet.Provider.RefusesOrders(402);
        await fleet.FailedOrder();

        await Eventually.Holds(() => PassesLater(fleet, () => fleet.Call()), "a read passes once the gap is over");
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Paused);

        fleet.Provider.Answers(200);
        await Eventually.Holds(() => PassesLater(fleet, () => fleet.Order()), "an order passes");
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task the_same_method_on_another_path_is_another_kind()
    {
        await using var fleet = await Fleet.Start(settings: ("Ittybit:BaseAddress", "https://example.com/emulators/ittybit/"));
        fleet.Provider.RefusesOrders(402);
        await fleet.FailedOrder();
        fleet.Clock.Advance(TimeSpan.FromSeconds(31));

        await fleet.Service<IIttybitApi>().CreateMedia(new MediaRequest { Title = "T" });

        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Paused);
    }

    [Fact]
    public async Task refusal_of_every_kind_is_probed_no_faster_than_the_gap()
    {
        await using var fleet = await Fleet.Start(settings: ("Lanes:Ittybit:LongestProbe", "00:02:00"));
        fleet.Provider.RefusesOrders(401);
        await fleet.FailedOrder();
        fleet.Provider.Answers(401);

        (await Gaps(fleet, () => fleet.FailedCall())).ShouldBe([30, 60, 120, 120]);

        fleet.Provider.Answers(200);
        fleet.Clock.Advance(TimeSpan.FromSeconds(121));
        await fleet.Order();
        (await fleet.Lane().Read(default)).State.ShouldBe(LaneState.Open);
    }

    [Fact]
    public async Task again_right_after_a_try_passed_gaps_go_on_growing()
    {
        await using var fleet = await Fleet.Start(settings: ("Lanes:Ittybit:LongestProbe", "00:02:00"));
        var pauses = new List<double>();
        for (var round = 0; round < 4; round++)
        {
            fleet.Provider.RefusesOrders(402);
            await fleet.FailedOrder();
            pauses.Add(((await fleet.Lane().Read(default)).Until!.Value - fleet.Clock.GetUtcNow()).TotalSeconds);
            fleet.Clock.Advance(TimeSpan.FromSeconds(pauses[^1] + 1));
            fleet.Provider.Answers(200);
            await fleet.Order();
            fleet.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        fleet.Clock.Advance(TimeSpan.FromMinutes(2)); // it went well for longer than the gap
        fleet.Provider.RefusesOrders(402);
        await fleet.FailedOrder();

        pauses.ShouldBe([30, 60, 120, 120]);
        (await fleet.Lane().Read(default)).Until.ShouldBe(fleet.Clock.GetUtcNow().AddSeconds(30));
    }

    /// <summary>The database's clock is a real one there. What the process knows of the lane grows old by ours.</summary>
    private static Task<bool> PassesLater(Fleet fleet, Func<Task> call)
    {
        fleet.Clock.Advance(TimeSpan.FromSeconds(2));
        return Passes(fleet, call);
    }

    /// <summary>Whether a call passes, or is held back.</summary>
    private static async Task<bool> Passes(Fleet fleet, Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception exception) when (IttybitFailure.Of(exception, fleet.Clock).Kind == IttybitFailureKind.LaneBlocked)
        {
            return false;
        }
    }

    /// <summary>Lets <paramref name="round"/> happen every 15 s; the seconds between the refusals that reached us.</summary>
    private static async Task<List<double>> Gaps(Fleet fleet, Func<Task> round)
    {
        var gaps = new List<double>();
        var (last, refusals) = (fleet.Clock.GetUtcNow(), fleet.Provider.Refusals);
        for (var rounds = 0; rounds < 30 && gaps.Count < 4; rounds++)
        {
            fleet.Clock.Advance(TimeSpan.FromSeconds(15));
            await round();
            if (fleet.Provider.Refusals == refusals)
                continue;

            fleet.Provider.Refusals.ShouldBe(++refusals);
            gaps.Add((fleet.Clock.GetUtcNow() - last).TotalSeconds);
            last = fleet.Clock.GetUtcNow();
        }

        return gaps;
    }
}
