using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>What the plan calls optional holds no episode, in whatever way it fails.</summary>
public sealed class When_an_extra_is_in_trouble
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;
    private const TaskKind Chapters = TaskKind.ChapterDetection;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_transcript_that_is_not_to_be_had_is_done_without(bool transient)
    {
        await using var episode = await Made(Transcript, refusals: 1);
        await episode.OutputsAreChecked();

        await episode.TranscriptIsRejected(transient);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task extra_that_was_rejected_is_not_announced()
    {
        await using var episode = await Made(Chapters, refusals: 1);

        await episode.OutputsAreChecked(1, new OutputObjection(Chapters, "The chapters make no sense."));

        Announced(episode).ShouldBe([Audio]);
    }

    [Fact]
    public async Task transcript_that_was_rejected_is_not_announced()
    {
        await using var episode = await Made(Transcript, refusals: 1);
        await episode.OutputsAreChecked();

        await episode.TranscriptIsRejected(transient: false);

        Announced(episode).ShouldBe([Audio]);
    }

    [Fact]
    public async Task extra_that_is_all_there_was_fails_the_episode()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxAttempts = 1 });
        await episode.Upload(new PlannedTask(Chapters, Required: false));

        await episode.Fails(Chapters, "no speech");

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.State.Reason.ShouldBe("chapter_detection: no speech");
    }

    [Fact]
    public async Task one_that_is_not_made_in_time_is_done_without()
    {
        await using var episode = await EpisodeScenario.Start(
            new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(10) });
        await episode.Upload(new PlannedTask(Audio), new PlannedTask(Chapters, Required: false));
        await episode.Completes(Audio);

        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Task(Chapters).State.ShouldBe(TaskState.Failed);
        episode.Task(Chapters).Error.ShouldBe("No answer in time.");
    }

    [Fact]
    public async Task optional_transcript_without_text_in_time_is_left_out()
    {
        await using var episode = await Made(Transcript, refusals: 1);
        await episode.OutputsAreChecked();

        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Task(Transcript).Objection.ShouldBe("No answer in time.");
    }

    private static IEnumerable<TaskKind> Announced(EpisodeScenario episode) =>
        episode.Published<EpisodeProcessed>().ShouldHaveSingleItem().Outputs.Select(output => output.Kind);

    private static async Task<EpisodeScenario> Made(TaskKind extra, int refusals)
    {
        var episode = await EpisodeScenario.Start(
            new OrchestratorOptions { MaxRefusals = refusals, EpisodeDeadline = TimeSpan.FromMinutes(10) });
        episode.OutputsAreFine = false;
        await episode.Upload(new PlannedTask(Audio), new PlannedTask(extra, Required: false));
        await episode.Completes(Audio);
        await episode.Completes(extra);
        return episode;
    }
}
