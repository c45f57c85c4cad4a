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
    public async Task episode_without_a_transcript_collects_none()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<CollectTranscript>().ShouldBeEmpty();
    }

    [Fact]
    public async Task final_failure_fails_the_episode_once_the_others_settle()
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
    public async Task command_fault_is_retried_and_finally_fails_the_task()
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
