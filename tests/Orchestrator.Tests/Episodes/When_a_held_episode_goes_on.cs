using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>Back to work, by a person or by itself, is a new term: for the episode and for each task that is under way.</summary>
public sealed class When_a_held_episode_goes_on
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(Audio)]
    [InlineData(Transcript)]
    public async Task held_episode_gets_a_new_deadline_when_its_task_completes(TaskKind task)
    {
        await using var episode = await HeldByItsDeadline(task);

        await episode.Completes(task);

        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        episode.State.DeadlineAt.ShouldBe(episode.Clock.GetUtcNow() + Term);
        episode.Published<EpisodeChanged>()[^1].DeadlineAt.ShouldBe(episode.State.DeadlineAt);
        await episode.ItsMomentComes();
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
    }

    [Fact]
    public async Task a_retry_gives_a_task_that_is_under_way_a_new_term()
    {
        await using var episode = await EpisodeScenario.Start(
            new OrchestratorOptions { EpisodeDeadline = Term, TaskDeadline = Term * 2 });
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();
        episode.Clock.Advance(Term * 5);
        var checks = episode.Published<CheckTask>().Count;

        await episode.IsRetried();
        await episode.ItsMomentComes();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Task(Audio).Attempt.ShouldBe(1);
        episode.Published<CheckTask>().Count.ShouldBe(checks + 1);
        episode.Published<ExtractAudio>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_new_term_begins_when_the_provider_can_be_asked()
    {
        await using var episode = await HeldByItsDeadline(Audio);
        var open = episode.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await episode.Hears(new TaskDeferred(episode.Id, Audio, 1, "402", open, episode.Clock.GetUtcNow()));

        await episode.IsRetried();

        episode.State.DeadlineAt.ShouldBe(open + Term);
    }

    private static async Task<EpisodeScenario> HeldByItsDeadline(TaskKind task)
    {
        var episode = await EpisodeScenario.Start(new OrchestratorOptions { EpisodeDeadline = Term });
        episode.OutputsAreFine = false;
        await episode.Upload(task);
        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();
        episode.ShouldBe(nameof(EpisodeStateMachine.Held));
        return episode;
    }
}
