using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_Ittybit_forgets_a_task
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Chapters = TaskKind.ChapterDetection;

    [Fact]
    public async Task it_is_made_again_while_there_are_attempts()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);

        await episode.IsLost(Audio);
        await episode.ItsMomentComes();

        var second = episode.Published<ExtractAudio>()[1];
        second.Attempt.ShouldBe(2);
        second.KnownTaskIds.ShouldBe(["task_AudioExtraction_1"], "what was lost is not taken for the new one");
        episode.Published<CheckTask>().ShouldBeEmpty();
    }

    [Fact]
    public async Task task_lost_for_the_last_time_holds_the_episode_for_a_person()
    {
        await using var episode = await Lost(new PlannedTask(Audio));

        episode.ShouldBe(nameof(EpisodeStateMachine.Held));
        episode.State.Reason.ShouldBe(
            "audio_extraction: Ittybit no longer knows task task_AudioExtraction_1. A retry has it made anew, under a new attempt.");
        episode.State.DueAt.ShouldBeNull();
        episode.Published<EpisodeFailed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_retry_makes_it_anew()
    {
        await using var episode = await Lost(new PlannedTask(Audio));

        await episode.IsRetried();
        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Published<ExtractAudio>()[^1].Attempt.ShouldBe(2);
        await episode.Completes(Audio, attempt: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task task_that_was_not_lost_after_all_ends_the_wait()
    {
        await using var episode = await Lost(new PlannedTask(Audio));

        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<EpisodeProcessed>().ShouldHaveSingleItem().Outputs.ShouldHaveSingleItem().Kind.ShouldBe(Audio);
    }

    [Fact]
    public async Task refusal_after_the_retry_of_a_lost_task_fails_the_episode()
    {
        await using var episode = await Lost(new PlannedTask(Audio));

        await episode.IsRetried();
        await episode.IsRefused(Audio, transient: false, attempt: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
    }

    [Fact]
    public async Task that_may_be_missing_nobody_is_asked()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxAttempts = 1 });
        await episode.Upload(new PlannedTask(Audio), new PlannedTask(Chapters, Required: false));
        await episode.Completes(Audio);

        await episode.IsLost(Chapters);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task beside_one_that_failed_for_good_the_episode_fails()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxAttempts = 1 });
        await episode.Upload(Audio, Chapters);
        await episode.Fails(Chapters, "no speech");

        await episode.IsLost(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
    }

    private static async Task<EpisodeScenario> Lost(PlannedTask task)
    {
        var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxAttempts = 1 });
        await episode.Upload(task);
        await episode.Starts(task.Kind);
        await episode.IsLost(task.Kind);
        return episode;
    }
}
