using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
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
        await orchestrator.Hears(new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));
        await orchestrator.Hears(new TaskDeferred(episodeId, TaskKind.AudioExtraction, 1, "402", clock.GetUtcNow().AddHours(1), clock.GetUtcNow()));

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
        await orchestrator.Hears(new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));
        await orchestrator.Hears(Lane(LaneState.Open));
        clock.Advance(TimeSpan.FromSeconds(2));

        await orchestrator.Hears(new TaskDeferred(episodeId, TaskKind.AudioExtraction, 1, "402", clock.GetUtcNow().AddHours(1), clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromSeconds(2));

        await orchestrator.Recorder.Sees<ExtractAudio>(x => x.EpisodeId == episodeId && x.Again);
    }

    [Fact]
    public async Task todays_episodes_come_before_the_backlog_and_who_does_not_wait_is_left_alone()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        var now = clock.GetUtcNow();
        EpisodeState Episode(DateTimeOffset? until, EpisodePriority priority) =>
            new() { CorrelationId = NewId.NextGuid(), LaneUntil = until, Priority = priority };
        var (backlog, today, past, never) = (
            Episode(now.AddMinutes(1), EpisodePriority.Backlog), Episode(now.AddMinutes(5), EpisodePriority.Normal),
            Episode(now.AddMinutes(-1), EpisodePriority.Normal), Episode(null, EpisodePriority.Normal));
        await orchestrator.Reads(async db =>
        {
            db.AddRange(backlog, today, past, never);
            return await db.SaveChangesAsync();
        });

        Task<IReadOnlyList<Guid>> Take() => orchestrator.Reads(db => new Orchestrator.Timers.DueEpisodes(db).WaitingForLane(now, 1, default));

        (await Take()).ShouldBe([today.CorrelationId]);
        (await Take()).ShouldBe([backlog.CorrelationId]);
        (await Take()).ShouldBeEmpty();
    }

    private LaneChanged Lane(LaneState state) => new("ittybit", state, null, "olga", clock.GetUtcNow());
}
