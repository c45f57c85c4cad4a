using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Testing;
using Podcast.Throttling.Data;

namespace Podcast.Throttling.Tests;

/// <summary>The clock of the lanes' database: its times then lie further ahead than permits are given.</summary>
public sealed class When_the_clock_is_set_back : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private PostgresDatabase postgres = null!;

    public async Task InitializeAsync() => postgres = await PostgresServer.CreateDatabase();

    public async Task DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await postgres.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task calls_go_on()
    {
        await using var fleet = await Fleet.Start(processes: 2);
        await fleet.Calls(4, 0, 1);

        fleet.Clock.SetBack(TimeSpan.FromHours(1));

        await fleet.Calls(4, 0, 1);
        fleet.Provider.Requests.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("sqlite", 20, 60)]
    [InlineData("sqlite", 20, 3600)]
    [InlineData("sqlite", 0.1, 3600)]
    [InlineData("sqlite", 0, 3600)]
    [InlineData("postgres", 20, 60)]
    [InlineData("postgres", 20, 3600)]
    [InlineData("postgres", 0.1, 3600)]
    [InlineData("postgres", 0, 3600)]
    public async Task permits_are_given_from_now_on(string database, double rate, int ahead)
    {
        await using var process = await Process(database);
        var store = await Store(process, rate);
        await Set(process, free: ahead);

        var each = rate > 0 ? 1 / rate : 0;
        (await store.Take("GET /tasks", 1, 1, default))!.End.ShouldBe(each, 1);
        (await store.Take("GET /tasks", 1, 1, default))!.End.ShouldBe(2 * each, 1);
    }

    [Theory]
    [InlineData("sqlite", 20, 29, true)]
    [InlineData("sqlite", 20, 44, false)]
    [InlineData("sqlite", 0.1, 600, false)]
    [InlineData("postgres", 20, 29, true)]
    [InlineData("postgres", 20, 44, false)]
    [InlineData("postgres", 0.1, 600, false)]
    public async Task calls_that_wait_for_others_still_wait(string database, double rate, int ahead, bool isGranted)
    {
        await using var process = await Process(database);
        var store = await Store(process, rate);
        await Set(process, free: ahead);

        var lease = await store.Take("GET /tasks", 1, 1, default);

        (lease is not null).ShouldBe(isGranted);
        lease?.End.ShouldBe(ahead, 1);
        (await store.Read(default)).Row.FreeAt.ShouldBe(TimeProvider.System.GetUtcNow().AddSeconds(ahead), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task a_closed_lane_stays_closed(string database)
    {
        await using var process = await Process(database);
        var store = await Store(process, 20);
        await Set(process, free: 3600, open: 100);

        (await store.Take("GET /tasks", 1, 1, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task a_slowed_rate_stays_as_it_is(string database)
    {
        await using var process = await Process(database);
        var store = await Store(process, 20);
        await Set(process, free: 0, slowed: 3600);

        (await store.Take("GET /tasks", 1, 1, default))!.Each.ShouldBe(1 / 4.0, 1e-6);
        (await store.Read(default)).View.Rate.ShouldBe(4, 1e-6);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(40, 0)]
    public async Task resume_helps_a_lane_that_gives_no_permits(int ahead, int left)
    {
        await using var process = await Process("sqlite");
        var store = await Store(process, 20);
        await Set(process, free: ahead);

        var lane = await process.GetRequiredKeyedService<ProviderThrottle>(IttybitClient.Name).Resume("olga", null, default);

        lane.State.ShouldBe(LaneState.Open);
        (await store.Take("GET /tasks", 1, 1, default))!.End.ShouldBe(left, 5);
    }

    private async Task<ServiceProvider> Process(string database)
    {
        var process = Fleet.Process(
            [database == "sqlite" ? ("Data:Directory", directory.Path) : ("ConnectionStrings:Lanes", postgres.ConnectionString)], _ => { });
        await Fleet.Migrate(process);
        return process;
    }

    private static async Task<LaneStore> Store(ServiceProvider process, double rate)
    {
        var options = new ThrottleOptions { Rate = rate };
        var store = new LaneStore(IttybitClient.Name, options, process.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System);
        await store.Read(default);
        return store;
    }

    /// <summary>Moves the times of the lane to so many seconds from now. The rate is then slowed to 4.</summary>
    private static async Task Set(ServiceProvider process, int free, int open = 0, int? slowed = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var scope = process.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LanesDb>().Lanes.ExecuteUpdateAsync(set => set
            .SetProperty(lane => lane.FreeAt, now.AddSeconds(free))
            .SetProperty(lane => lane.OpenAt, now.AddSeconds(open))
            .SetProperty(lane => lane.SlowedTo, slowed == null ? null : 4.0)
            .SetProperty(lane => lane.SlowedAt, slowed == null ? null : now.AddSeconds(slowed.Value)));
    }
}
