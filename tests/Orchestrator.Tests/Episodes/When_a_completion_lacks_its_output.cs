using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>A webhook may leave out what was made: Ittybit is asked for the task before anything is settled.</summary>
public sealed class When_a_completion_lacks_its_output
{
    private const TaskKind Audio = TaskKind.AudioExtraction;

    public static TheoryData<TaskOutput?> Nothings =>
    [
        null, new TaskOutput(null, null), new TaskOutput("", null), new TaskOutput(" ", new Uri("/files/a.mp3", UriKind.Relative)),
    ];

    [Theory]
    [MemberData(nameof(Nothings))]
    public async Task ittybit_is_asked_for_the_task(TaskOutput? nothing)
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);

        await Completes(episode, nothing);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Task(Audio).State.ShouldBe(TaskState.Processing);
        episode.Published<CheckTask>().ShouldHaveSingleItem()
            .ShouldBe(new CheckTask(episode.Id, Audio, 1, "task_AudioExtraction_1"));
        await episode.Hears(new TaskCompleted(
            episode.Id, Audio, 1, "task_AudioExtraction_1", new TaskOutput("file_1", null), default, Checked: true));
        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task completion_before_its_start_names_the_task_to_check()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await Completes(episode, null);

        episode.Task(Audio).State.ShouldBe(TaskState.Processing);
        episode.Published<CheckTask>().ShouldHaveSingleItem().IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        episode.Published<EpisodeChanged>()[^1].Change.What.ShouldBe("task_started");
    }

    [Fact]
    public async Task one_that_names_no_task_has_it_looked_for()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await Completes(episode, null, taskId: "");
        await episode.ItsMomentComes();

        episode.Published<ExtractAudio>()[^1].Again.ShouldBeTrue();
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
    }

    [Fact]
    public async Task a_held_episode_asks_too()
    {
        await using var episode = await EpisodeScenario.Start(
            new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(10) });
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();
        var checks = episode.Published<CheckTask>().Count;

        await Completes(episode, null);

        episode.ShouldBe(nameof(EpisodeStateMachine.Held));
        episode.Published<CheckTask>().Count.ShouldBe(checks + 1);
    }

    [Fact]
    public async Task completion_without_output_at_ittybit_is_settled_and_checked()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        episode.OutputsAreFine = false;
        await episode.Starts(Audio);
        await Completes(episode, null);

        await episode.Hears(new TaskCompleted(
            episode.Id, Audio, 1, "task_AudioExtraction_1", new TaskOutput(null, null), default, Checked: true));

        episode.Published<CheckOutputs>().ShouldHaveSingleItem().Outputs.ShouldHaveSingleItem()
            .Output.ShouldBe(new TaskOutput(null, null));
        episode.Published<CheckTask>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_task_that_is_settled_is_not_asked_for()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, TaskKind.VideoTranscode);
        await episode.Completes(Audio);
        var version = episode.State.Version;

        await Completes(episode, null);

        episode.Published<CheckTask>().ShouldBeEmpty();
        episode.State.Version.ShouldBe(version);
    }

    private static Task Completes(EpisodeScenario episode, TaskOutput? output, string taskId = "task_AudioExtraction_1") =>
        episode.Hears(new TaskCompleted(episode.Id, Audio, 1, taskId, output!, default));
}
