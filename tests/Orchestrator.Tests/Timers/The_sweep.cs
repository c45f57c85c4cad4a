using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Timers;

public sealed class The_sweep : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task wakes_an_episode_that_nobody_answered()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        var episodeId = NewId.NextGuid();
        await orchestrator.Hears(
            new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));

        clock.Advance(TimeSpan.FromMinutes(3)); // the sweep's own timer fires

        await orchestrator.Recorder.Sees<ExtractAudio>(x => x.Again);
        await Eventually.Holds(
            () => orchestrator.Reads(db =>
                db.Set<EpisodeState>().AllAsync(episode => episode.DueClaims == 0 && episode.DueAt > clock.GetUtcNow())),
            "it has heard, and counts from the beginning");
    }
}
