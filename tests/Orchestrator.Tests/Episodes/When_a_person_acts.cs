using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_a_person_acts
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;

    [Fact]
    public async Task a_retry_makes_only_the_failed_task_again()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Fails(Audio);
        await episode.Completes(Video);

        await episode.IsRetried();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Published<ExtractAudio>()[1].Attempt.ShouldBe(2);
        episode.Published<TranscodeVideo>().Count.ShouldBe(1);
        var told = episode.Published<EpisodeChanged>()[^1];
        told.Change.What.ShouldBe("retry_requested");
        told.Change.By.ShouldBe("bob");
        told.Change.Why.ShouldBe("trying again");

        await episode.Completes(Audio, attempt: 2);
        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task two_retries_at_once_make_one_attempt()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Fails(Audio);

        await episode.IsRetried();
        await episode.IsRetried();

        episode.Task(Audio).Attempt.ShouldBe(2);
        episode.Published<ExtractAudio>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task retry_now_skips_the_wait()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.IsRefused(Audio);

        await episode.IsRetried(now: true);

        episode.Published<ExtractAudio>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_cancelled_episode_stays_cancelled()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Completes(Audio);

        await episode.IsCancelled();
        await episode.Completes(Video);
        await episode.IsRetried();
        await episode.IsCancelled();

        episode.ShouldBe(nameof(EpisodeStateMachine.Cancelled));
        episode.State.DueAt.ShouldBeNull();
        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Video).State.ShouldBe(TaskState.Cancelled);
        episode.Published<EpisodeProcessed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_cancel_after_the_end_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Completes(Audio);

        await episode.IsCancelled();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task a_useless_transcript_holds_the_episode_with_the_reason()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Transcript);
        await episode.Completes(Audio);
        await episode.Completes(Transcript);

        await episode.TranscriptIsRejected(transient: false);

        episode.ShouldBe(nameof(EpisodeStateMachine.Held));
        episode.State.Reason.ShouldBe("transcript_generation: the transcript is empty");
    }

    [Fact]
    public async Task a_held_episode_can_be_taken_as_it_is()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Transcript);
        await episode.Completes(Audio);
        await episode.Completes(Transcript);
        await episode.TranscriptIsRejected(transient: false);

        await episode.IsResumed();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.State.Reason.ShouldBeNull();
    }

    [Fact]
    public async Task a_held_transcript_can_be_made_again()
    {
        await using var episode = await EpisodeScenario.Uploaded(Transcript);
        await episode.Completes(Transcript);
        await episode.TranscriptIsRejected(transient: false);

        await episode.IsRetried();
        await episode.Completes(Transcript, attempt: 2);
        await episode.TranscriptIsStored(round: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<GenerateTranscript>().Count.ShouldBe(2);
        episode.Published<CollectTranscript>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task transcript_that_cannot_be_fetched_now_is_fetched_again()
    {
        await using var episode = await EpisodeScenario.Uploaded(Transcript);
        await episode.Completes(Transcript);

        await episode.TranscriptIsRejected(transient: true);
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        await episode.ItsMomentComes();
        episode.Published<CollectTranscript>()[1].Round.ShouldBe(2);
        await episode.TranscriptIsStored(round: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task used_up_attempts_can_hold_instead_of_fail()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { HoldWhenAttemptsAreUsedUp = true });
        await episode.Upload(Audio, Video);
        await episode.Fails(Audio, "codec");
        await episode.Completes(Video);
        episode.ShouldBe(nameof(EpisodeStateMachine.Held));

        await episode.IsResumed();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<EpisodeProcessed>().ShouldHaveSingleItem().Outputs.ShouldHaveSingleItem().Kind.ShouldBe(Video);
    }
}
