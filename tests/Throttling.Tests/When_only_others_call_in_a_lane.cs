using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Contracts;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Tests;

public sealed class When_only_others_call_in_a_lane : IAsyncLifetime
{
    private const string Name = "transistor/acme";

    private Fleet fleet = null!;
    private ProviderThrottle theirs = null!;

    public async Task InitializeAsync()
    {
        fleet = await Fleet.Start();
        var others = fleet.Add(services => services.Configure<ThrottleOptions>(Name, lane => lane.Rate = 1).AddProviderThrottle(Name));
        theirs = others.GetRequiredKeyedService<ProviderThrottle>(Name);
        await theirs.Read(CancellationToken.None);
    }

    public async Task DisposeAsync() => await fleet.DisposeAsync();

    [Fact]
    public async Task directory_shows_it_with_their_rate()
    {
        await fleet.Lane().Read(CancellationToken.None);

        var all = await fleet.Service<LaneDirectory>().All(CancellationToken.None);

        all.Select(lane => lane.Name).ShouldBe(["ittybit", Name]);
        (await all[1].Read(CancellationToken.None)).Rate.ShouldBe(1);
        (await fleet.Service<LaneDirectory>().Find("transistor/other", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task resumption_reaches_them()
    {
        var later = fleet.Clock.GetUtcNow().AddHours(1);
        await using (var scope = fleet.Service<IServiceScopeFactory>().CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LanesDb>().Lanes.Where(lane => lane.Name == Name)
                .ExecuteUpdateAsync(set => set.SetProperty(lane => lane.IsPaused, true).SetProperty(lane => lane.OpenAt, later));
        fleet.Clock.Advance(TimeSpan.FromSeconds(2)); // what they know of it is at most a second old
        (await theirs.Read(CancellationToken.None)).State.ShouldBe(LaneState.Paused);

        var lane = await fleet.Service<LaneDirectory>().Find(Name, CancellationToken.None);
        await lane!.Resume("olga", "the invoice is paid", CancellationToken.None);

        fleet.Clock.Advance(TimeSpan.FromSeconds(2));
        (await theirs.Read(CancellationToken.None)).State.ShouldBe(LaneState.Open);
        (await theirs.Events(1, CancellationToken.None)).ShouldHaveSingleItem().By.ShouldBe("olga");
    }
}
