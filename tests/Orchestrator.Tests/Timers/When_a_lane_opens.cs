using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Timers;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Timers;

public sealed class When_a_lane_opens : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
    private readonly Guid episodeId = NewId.NextGuid();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task who_waits_for_it_asks_at_once()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Uploaded());
        await IsPutOff(orchestrator);

        await orchestrator.Hears(Lane(LaneState.Paused));
        (await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync())).LaneUntil.ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        await orchestrator.Hears(Lane(LaneState.Open));
        clock.Advance(TimeSpan.FromSeconds(1)); // the sweep's own timer fires

        await orchestrator.Recorder.Sees<ExtractAudio>(x => x.EpisodeId == episodeId && x.Again);
        (await orchestrator.Reads(db => db.Set<EpisodeState>().SingleAsync())).LaneUntil.ShouldBeNull();
    }

    [Fact]
    public async Task news_from_before_that_comes_after_it_is_no_reason_to_wait()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Uploaded());
        await orchestrator.Hears(Lane(LaneState.Open));
        clock.Advance(TimeSpan.FromSeconds(2));

        await IsPutOff(orchestrator);
        clock.Advance(TimeSpan.FromSeconds(2));

        await orchestrator.Recorder.Sees<ExtractAudio>(x => x.EpisodeId == episodeId && x.Again);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task normal_episodes_are_woken_before_the_backlog(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        var now = clock.GetUtcNow();
        var (backlog, today, past, never) = (
            Waiting(now.AddMinutes(1), EpisodePriority.Backlog), Waiting(now.AddMinutes(5)), Waiting(now.AddMinutes(-1)), Waiting(null));
        await Keep(orchestrator, backlog, today, past, never);

        (await Wake(orchestrator)).ShouldBeEmpty();
        await orchestrator.Hears(Lane(LaneState.Open));
        (await Wake(orchestrator)).ShouldBe([today.CorrelationId]);
        (await Wake(orchestrator)).ShouldBe([backlog.CorrelationId]);
        (await Wake(orchestrator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task lane_of_another_provider_wakes_nobody()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await Keep(orchestrator, Waiting(clock.GetUtcNow().AddMinutes(5)));

        await orchestrator.Hears(Lane(LaneState.Open) with { Lane = "transistor" });

        (await Wake(orchestrator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task pause_heard_by_one_instance_stops_waking_in_all()
    {
        await using var fleet = await Fleet.Start(directory, clock);
        await Keep(fleet.Instances[0], Waiting(clock.GetUtcNow().AddMinutes(5)));
        var opened = Lane(LaneState.Open);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await fleet.Instances[0].Hears(opened);
        await fleet.Instances[1].Hears(Lane(LaneState.Paused));
        await fleet.Instances[2].Hears(opened); // an opening that is told again, late

        foreach (var instance in fleet.Instances)
            (await Wake(instance)).ShouldBeEmpty();
    }

    [Fact]
    public async Task waiting_episode_is_woken_once_by_one_instance()
    {
        await using var fleet = await Fleet.Start(directory, clock);
        var waiting = Enumerable.Range(0, 12).Select(_ => Waiting(clock.GetUtcNow().AddMinutes(5))).ToArray();
        await Keep(fleet.Instances[0], waiting);
        await fleet.Instances[1].Hears(Lane(LaneState.Open));

        var woken = new List<Guid>();
        for (var round = 0; round < 20; round++)
            woken.AddRange((await Task.WhenAll(fleet.Instances.Select(instance => Wake(instance)))).SelectMany(ids => ids));

        woken.ShouldBe(waiting.Select(episode => episode.CorrelationId), ignoreOrder: true);
    }

    [Fact]
    public async Task a_task_that_is_put_off_again_waits_for_the_next_opening()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        await orchestrator.Hears(Uploaded());

        for (var opening = 1; opening <= 3; opening++)
        {
            await orchestrator.Hears(Lane(LaneState.Open));
            await IsPutOff(orchestrator);
            (await Wake(orchestrator)).ShouldBe([episodeId]);
            await orchestrator.Hears(new EpisodeDue(episodeId, clock.GetUtcNow(), LaneIsOpen: true));
            await IsPutOff(orchestrator);
            (await Wake(orchestrator)).ShouldBeEmpty();
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private EpisodeUploaded Uploaded() =>
        new(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]);

    private Task IsPutOff(OrchestratorHost orchestrator) => orchestrator.Hears(
        new TaskDeferred(episodeId, TaskKind.AudioExtraction, 1, "402", clock.GetUtcNow().AddHours(1), clock.GetUtcNow()));

    private Task<List<Guid>> Wake(OrchestratorHost orchestrator) =>
        orchestrator.Reads(db => new LaneWakeUps(db, new(db)).Claim(clock.GetUtcNow(), 1, default));

    private static EpisodeState Waiting(DateTimeOffset? until, EpisodePriority priority = EpisodePriority.Normal) =>
        new() { CorrelationId = NewId.NextGuid(), LaneUntil = until, Priority = priority };

    private static Task<int> Keep(OrchestratorHost orchestrator, params EpisodeState[] episodes) => orchestrator.Reads(db =>
    {
        db.AddRange(episodes);
        return db.SaveChangesAsync();
    });

    private LaneChanged Lane(LaneState state) => new("ittybit", state, null, "olga", clock.GetUtcNow());

    /// <summary>Three instances on one PostgreSQL database. What is published on the bus of one is not heard by the others.</summary>
    private sealed class Fleet(PostgresDatabase database, OrchestratorHost[] instances) : IAsyncDisposable
    {
        public OrchestratorHost[] Instances => instances;

        public static async Task<Fleet> Start(TemporaryDirectory directory, ManualClock clock)
        {
            var database = await PostgresServer.CreateDatabase();
            var instances = new OrchestratorHost[3];
            for (var instance = 0; instance < instances.Length; instance++)
                instances[instance] = await OrchestratorHost.Start(directory, clock, database.ConnectionString);
            return new Fleet(database, instances);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var instance in instances)
                await instance.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
