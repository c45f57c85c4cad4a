using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Timers;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Timers;

public sealed class The_sweep : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task claims_what_is_due_once_and_again_when_the_lease_ends()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        var (due, later) = (NewId.NextGuid(), NewId.NextGuid());
        var now = clock.GetUtcNow();
        await orchestrator.Reads(async db =>
        {
            db.Add(new EpisodeState { CorrelationId = due, DueAt = now.AddSeconds(-1) });
            db.Add(new EpisodeState { CorrelationId = later, DueAt = now.AddSeconds(1) });
            db.Add(new EpisodeState { CorrelationId = NewId.NextGuid(), DueAt = null });
            return await db.SaveChangesAsync();
        });
        Task<List<Guid>> Claim(DateTimeOffset at) =>
            orchestrator.Reads(db => new DueEpisodes(db).Claim(at, TimeSpan.FromSeconds(30), 10, default));

        (await Claim(now)).ShouldBe([due]);
        (await Claim(now)).ShouldBeEmpty();
        (await Claim(now.AddSeconds(31))).ShouldBe([later, due], ignoreOrder: true);
    }

    [Fact]
    public async Task takes_no_more_than_its_batch_and_the_oldest_first()
    {
        await using var orchestrator = await OrchestratorHost.Start(directory, clock);
        var now = clock.GetUtcNow();
        var ids = Enumerable.Range(0, 5).Select(_ => NewId.NextGuid()).ToList();
        await orchestrator.Reads(async db =>
        {
            db.AddRange(ids.Select((id, i) => new EpisodeState { CorrelationId = id, DueAt = now.AddSeconds(i - 10) }));
            return await db.SaveChangesAsync();
        });

        var claimed = await orchestrator.Reads(db => new DueEpisodes(db).Claim(now, TimeSpan.FromSeconds(30), 2, default));

        claimed.ShouldBe(ids[..2], ignoreOrder: true);
    }

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

    [Theory, InlineData(false), InlineData(true)]
    public async Task says_it_ever_less_often_to_an_episode_that_hears_nothing(bool onPostgres)
    {
        await using var postgres = onPostgres ? await PostgresServer.CreateDatabase() : null;
        await using var orchestrator = await OrchestratorHost.Start(directory, clock, postgres?.ConnectionString);
        var now = clock.GetUtcNow();
        await orchestrator.Reads(async db =>
        {
            db.Add(new EpisodeState { CorrelationId = NewId.NextGuid(), DueAt = now });
            return await db.SaveChangesAsync();
        });

        var claims = new List<int>();
        for (var second = 0; second < 3600; second += 30)
        {
            var claimed = await orchestrator.Reads(db =>
                new DueEpisodes(db).Claim(now.AddSeconds(second), TimeSpan.FromSeconds(30), 10, default));
            if (claimed.Count == 1)
                claims.Add(second);
        }

        claims.ShouldBe([0, 30, 90, 210, 450, 930, 1410, 1890, 2370, 2850, 3330]);
    }
}
