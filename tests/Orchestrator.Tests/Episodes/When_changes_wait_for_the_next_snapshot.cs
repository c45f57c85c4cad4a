using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using static Podcast.Contracts.TaskKind;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_changes_wait_for_the_next_snapshot
{
    [Fact]
    public async Task last_start_announces_those_before_it()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode, TranscriptGeneration);
        await episode.Starts(VideoTranscode);
        await episode.Starts(AudioExtraction);
        episode.Published<EpisodeChanged>().Select(changed => changed.Change.What).ShouldBe(["uploaded"]);

        await episode.Starts(TranscriptGeneration);

        var snapshot = episode.Published<EpisodeChanged>()[^1];
        snapshot.Changes().Select(change => (change.Version, change.Change.What, change.Change.Task)).ShouldBe(
            [(2, "task_started", VideoTranscode), (3, "task_started", AudioExtraction), (4, "task_started", TranscriptGeneration)]);
        snapshot.Tasks.ShouldAllBe(task => task.State == TaskState.Processing);
    }

    [Fact]
    public async Task starts_of_one_message_are_a_row_of_history_each()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode, TranscriptGeneration);

        await episode.Hears(new TaskStarted(
            episode.Id, VideoTranscode, 1, "task_1", default,
            [new StartedTask(AudioExtraction, 1, "task_2"), new StartedTask(TranscriptGeneration, 1, "task_3"), new StartedTask(VideoTranscode, 1, "task_1")]));

        var snapshot = episode.Published<EpisodeChanged>()[^1];
        snapshot.Changes().Select(change => (change.Version, change.Change.What, change.Change.Task)).ShouldBe(
            [(2, "task_started", VideoTranscode), (3, "task_started", AudioExtraction), (4, "task_started", TranscriptGeneration)]);
        snapshot.Tasks.Select(task => task.IttybitTaskId).ShouldBe(["task_2", "task_1", "task_3"], ignoreOrder: true);
    }

    [Fact]
    public async Task any_other_change_announces_them()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        await episode.Starts(VideoTranscode);

        await episode.Completes(VideoTranscode);

        var snapshot = episode.Published<EpisodeChanged>()[^1];
        snapshot.Changes().Select(change => (change.Version, change.Change.What)).ShouldBe([(2, "task_started"), (3, "task_completed")]);
    }

    [Fact]
    public async Task silent_sibling_delays_them_no_longer_than_its_timer()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        await episode.Starts(VideoTranscode);

        for (var moments = 0; moments < 5 && episode.Published<EpisodeChanged>().Count == 1; moments++)
            await episode.ItsMomentComes(); // the started task may be checked before

        episode.Published<EpisodeChanged>()[^1].Changes().Select(change => change.Change.What)
            .ShouldBe(["task_started", "task_requested_again"]);
    }

    [Fact]
    public async Task start_in_a_held_episode_is_announced_at_once()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        var deadline = episode.State.DeadlineAt!.Value;
        episode.Clock.Advance(deadline - episode.Clock.GetUtcNow());
        await episode.Hears(new EpisodeDue(episode.Id, deadline));
        episode.ShouldBe(nameof(EpisodeStateMachine.Held));

        await episode.Starts(VideoTranscode);

        episode.Published<EpisodeChanged>()[^1].Change.What.ShouldBe("task_started");
    }

    [Fact]
    public async Task request_for_a_lost_snapshot_brings_them_too()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        await episode.Starts(VideoTranscode);

        await episode.Hears(new RepublishEpisode(episode.Id, KnownVersion: 1));
        await episode.Starts(AudioExtraction);

        var snapshots = episode.Published<EpisodeChanged>();
        snapshots.Select(snapshot => snapshot.Version).ShouldBe([1, 2, 3]);
        snapshots[^1].Earlier.ShouldBeNull();
    }
}
