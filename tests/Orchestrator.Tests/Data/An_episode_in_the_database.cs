using System.Reflection;
using System.Text.Json.Serialization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Ledger;
using Podcast.Testing;

namespace Podcast.Orchestrator.Tests.Data;

public sealed class An_episode_in_the_database : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
    private readonly Guid episodeId = NewId.NextGuid();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task is_read_back_as_it_was_written()
    {
        var upload = new EpisodeUploaded(
            episodeId, "alice", "Tïtle 🎙", new EpisodeSource(null, new Uri("https://example.com/a.mp4?x=1"), "a.mp4", 5, 61.5), "d",
            [new PlannedTask(TaskKind.AudioExtraction, false, new TaskOptions(Bitrate: 64000))], Priority: EpisodePriority.Backlog);
        await using (var first = await OrchestratorHost.Start(directory, clock))
        {
            await first.Hears(upload);
            await first.Hears(new TaskStarted(episodeId, TaskKind.AudioExtraction, 1, "task_1", clock.GetUtcNow()));
        }

        await using var second = await OrchestratorHost.Start(directory, clock);
        var episode = await second.Reads(db => db.Set<EpisodeState>().SingleAsync(x => x.CorrelationId == episodeId));

        episode.Source.ShouldBe(upload.Source);
        episode.Title.ShouldBe("Tïtle 🎙");
        episode.Priority.ShouldBe(EpisodePriority.Backlog);
        episode.CurrentState.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.CreatedAt.ShouldBe(clock.GetUtcNow());
        var entry = episode.Tasks.Entries.ShouldHaveSingleItem();
        entry.IttybitTaskId.ShouldBe("task_1");
        entry.Required.ShouldBeFalse();
        entry.Options!.Bitrate.ShouldBe(64000);
        entry.NextAt.ShouldNotBeNull();
        episode.DueAt!.Value.ShouldBe(entry.NextAt!.Value, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task goes_on_where_it_was_after_a_restart()
    {
        await using (var first = await OrchestratorHost.Start(directory, clock))
        {
            await first.Hears(
                new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));
        }

        await using var second = await OrchestratorHost.Start(directory, clock);
        await second.Hears(new TaskCompleted(
            episodeId, TaskKind.AudioExtraction, 1, "task_1", new TaskOutput("file_2", null), clock.GetUtcNow()));

        await second.Recorder.Sees<CheckOutputs>();
    }

    [Fact]
    public async Task a_change_inside_of_its_tasks_is_noticed_after_each_save()
    {
        await using var host = await OrchestratorHost.Start(directory, clock);
        await host.Hears(
            new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));

        await host.Reads(async db =>
        {
            var episode = await db.Set<EpisodeState>().AsTracking().SingleAsync(x => x.CorrelationId == episodeId);
            db.ChangeTracker.HasChanges().ShouldBeFalse("it was only loaded");
            for (var attempt = 7; attempt <= 8; attempt++)
            {
                episode.Tasks.Entries[0].Rejected.Add(attempt);
                db.Entry(episode).Properties.Where(x => x.IsModified).ShouldHaveSingleItem().Metadata.Name.ShouldBe("Tasks");
                await db.SaveChangesAsync();
                db.ChangeTracker.HasChanges().ShouldBeFalse("it is saved");
            }

            return 0;
        });

        (await host.Reads(db => db.Set<EpisodeState>().SingleAsync(x => x.CorrelationId == episodeId)))
            .Tasks.Entries.ShouldHaveSingleItem().Rejected.ShouldBe([7, 8]);
    }

    [Fact]
    public async Task has_no_text_for_what_is_null()
    {
        await using var host = await OrchestratorHost.Start(directory, clock);
        await host.Hears(
            new EpisodeUploaded(episodeId, "alice", "t", new EpisodeSource("file_1", null), null, [new(TaskKind.AudioExtraction)]));

        var texts = await host.Reads(db => db.Database
            .SqlQueryRaw<string>("SELECT source || tasks || transcript || output_check || recent_changes AS \"Value\" FROM episodes")
            .SingleAsync());

        texts.ShouldContain("audio_extraction");
        texts.ShouldNotContain("null");
    }

    [Fact]
    public void task_and_follow_up_start_with_null_where_null_can_be()
    {
        // What is null is not written, so reading it back must make it null.
        object[] fresh =
            [new TaskEntry { Kind = TaskKind.AudioExtraction }, new FollowUp(), new PastAttempt { Attempt = 1, IttybitTaskId = "t" }];
        var nullability = new NullabilityInfoContext();

        fresh.SelectMany(one => one.GetType().GetProperties()
                .Where(property => nullability.Create(property).ReadState == NullabilityState.Nullable)
                .Where(property => property.GetValue(one) is not null))
            .ShouldBeEmpty();
    }

    [Fact]
    public void task_keeps_all_properties_that_only_it_may_set() => typeof(TaskEntry).GetProperties()
        .Where(property => property.SetMethod is not { IsPublic: true })
        .Where(property => !property.IsDefined(typeof(JsonIncludeAttribute), inherit: false))
        .ShouldBeEmpty();
}
