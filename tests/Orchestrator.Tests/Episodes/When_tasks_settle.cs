using MassTransit;
using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_tasks_settle
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;

    public static TheoryData<TaskKind, TaskKind, TaskKind> Orders => new()
    {
        { Audio, Video, Transcript }, { Audio, Transcript, Video }, { Video, Audio, Transcript },
        { Video, Transcript, Audio }, { Transcript, Audio, Video }, { Transcript, Video, Audio },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task any_order_of_completions_ends_processed(TaskKind first, TaskKind second, TaskKind third)
    {
        await using var episode = await EpisodeScenario.Uploaded();

        await episode.Completes(first);
        await episode.Completes(second);
        await episode.Completes(third);
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        await episode.TranscriptIsStored();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        var processed = episode.Published<EpisodeProcessed>().ShouldHaveSingleItem();
        processed.Outputs.Select(output => output.Kind).ShouldBe([Audio, Video, Transcript], ignoreOrder: true);
        episode.State.DueAt.ShouldBeNull();
    }

    [Fact]
    public async Task without_a_transcript_there_is_nothing_to_collect()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<CollectTranscript>().ShouldBeEmpty();
    }

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
    public async Task a_completion_that_does_not_name_its_task_keeps_the_name_we_know()
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
    public async Task a_completion_of_a_task_that_was_never_asked_for_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Completes(Video);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.State.Version.ShouldBe(1);
    }

    [Fact]
    public async Task one_final_failure_waits_for_the_others_and_then_fails_the_episode()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);

        await episode.Fails(Audio, "no audio stream");
        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        await episode.Completes(Video);

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.Published<EpisodeFailed>().ShouldHaveSingleItem().Reason.ShouldBe("audio_extraction: no audio stream");
        episode.Published<EpisodeProcessed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task an_optional_task_may_fail()
    {
        await using var episode = await EpisodeScenario.Start();
        await episode.Upload(new PlannedTask(Audio), new PlannedTask(TaskKind.ChapterDetection, Required: false));

        await episode.Fails(TaskKind.ChapterDetection, "no speech");
        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task a_task_that_Ittybit_made_after_all_is_remembered_and_changes_nothing()
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
    public async Task the_fault_of_a_command_is_asked_again_and_in_the_end_fails_the_task()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxRefusals = 2 });
        await episode.Upload(Audio);
        var command = episode.Published<ExtractAudio>()[0];

        await episode.Hears<Fault<ExtractAudio>>(new AFault<ExtractAudio>(command));
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        await episode.ItsMomentComes();
        episode.Published<ExtractAudio>()[1].Again.ShouldBeTrue();
        await episode.Hears<Fault<ExtractAudio>>(new AFault<ExtractAudio>(command));

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.State.Reason!.ShouldContain("audio_extraction");
    }

    [Fact]
    public async Task an_event_of_an_unknown_episode_is_let_go()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await using var stranger = await EpisodeScenario.Start();

        await stranger.HearsInVain(new TaskCompleted(episode.Id, Audio, 1, "task_x", new TaskOutput("file_x", null), default));

        stranger.PublishedFaults().ShouldBeEmpty();
    }

    private sealed record AFault<T>(T Message) : Fault<T>
        where T : class
    {
        public Guid FaultId { get; } = NewId.NextGuid();

        public Guid? FaultedMessageId => null;

        public DateTime Timestamp => default;

        public ExceptionInfo[] Exceptions => [];

        public HostInfo Host => null!;

        public string[] FaultMessageTypes => [];
    }
}
