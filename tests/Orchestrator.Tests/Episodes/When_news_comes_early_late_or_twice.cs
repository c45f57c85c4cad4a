using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_news_comes_early_late_or_twice
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;

    [Fact]
    public async Task a_completion_before_the_start_is_not_undone_by_it()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);

        await episode.Completes(Audio);
        await episode.Starts(Audio);
        await episode.Progresses(Audio, 40);

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Audio).Percent.ShouldBe(100);
    }

    [Fact]
    public async Task completion_without_task_id_keeps_the_known_task_id()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Starts(Audio);

        for (var copies = 0; copies < 2; copies++)
            await episode.Hears(new TaskCompleted(episode.Id, Audio, 1, "", new TaskOutput("file_1", null), default));

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Audio).IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        episode.Task(Audio).Past.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_duplicate_completion_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Completes(Audio);
        var version = episode.State.Version;

        await episode.Completes(Audio);

        episode.State.Version.ShouldBe(version);
    }

    [Fact]
    public async Task completion_of_a_task_never_asked_for_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Completes(Video);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.State.Version.ShouldBe(1);
    }

    [Fact]
    public async Task task_of_a_later_attempt_after_the_end_is_only_remembered()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Completes(Audio);
        var version = episode.State.Version;

        await episode.Hears(new TaskStarted(episode.Id, Audio, 2, "task_of_a_second_attempt", default));

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.State.Version.ShouldBe(version);
        episode.State.DueAt.ShouldBeNull();
        episode.Task(Audio).Past.ShouldHaveSingleItem().IttybitTaskId.ShouldBe("task_of_a_second_attempt");
    }

    [Fact]
    public async Task a_late_completion_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Fails(Audio, "codec");
        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.Published<EpisodeProcessed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_failure_after_the_completion_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);

        await episode.Completes(Audio);
        await episode.Fails(Audio, "late");

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
    }

    [Fact]
    public async Task an_event_of_an_unknown_episode_is_let_go()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await using var stranger = await EpisodeScenario.Start();

        await stranger.HearsInVain(new TaskCompleted(episode.Id, Audio, 1, "task_x", new TaskOutput("file_x", null), default));

        stranger.PublishedFaults().ShouldBeEmpty();
    }
}
