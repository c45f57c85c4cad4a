using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_a_person_does_not_want_to_wait
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;

    [Fact]
    public async Task outputs_are_looked_at_now_and_it_is_known_who_asked_and_why()
    {
        await using var episode = await Made(Audio);
        await episode.OutputsAreDelayed(round: 1);

        await episode.IsRetried(now: true);

        episode.Published<CheckOutputs>().Select(check => check.Round).ShouldBe([1, 2]);
        var told = episode.Published<EpisodeChanged>()[^1];
        (told.Change.What, told.Change.By, told.Change.Why).ShouldBe(("retry_requested", "bob", "trying again"));
        told.Status.ShouldBe(EpisodeStatus.Completing);
        await episode.OutputsAreChecked(round: 2);
        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task a_transcript_is_fetched_now()
    {
        await using var episode = await Made(Transcript);
        await episode.OutputsAreChecked();
        await episode.TranscriptIsRejected(transient: true);

        await episode.IsRetried(now: true);

        episode.Published<CollectTranscript>().Select(collect => collect.Round).ShouldBe([1, 2]);
        episode.Published<CheckOutputs>().Count.ShouldBe(1);
        episode.Published<EpisodeChanged>()[^1].Change.Task.ShouldBe(Transcript);
    }

    [Fact]
    public async Task what_nobody_answered_is_asked_for_again_now()
    {
        await using var episode = await Made(Audio);

        await episode.IsRetried(now: true);

        episode.Published<CheckOutputs>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_retry_that_says_nothing_of_now_leaves_the_wait()
    {
        await using var episode = await Made(Audio);
        await episode.OutputsAreDelayed(round: 1);
        var version = episode.State.Version;

        await episode.IsRetried();

        episode.Published<CheckOutputs>().Count.ShouldBe(1);
        episode.State.Version.ShouldBe(version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task an_episode_that_was_held_for_it_is_looked_at_anew(bool now)
    {
        await using var episode = await Made(Audio, new OrchestratorOptions { MaxRefusals = 1 });
        await episode.OutputsAreDelayed(round: 1);
        episode.ShouldBe(nameof(EpisodeStateMachine.Held));

        await episode.IsRetried(now);
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        episode.State.Reason.ShouldBeNull();
        episode.Published<EpisodeChanged>()[^1].Change.What.ShouldBe("retry_requested");
        await episode.OutputsAreChecked(round: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<ExtractAudio>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task what_is_made_anew_is_waited_for_as_at_first()
    {
        await using var episode = await Made(Audio);
        var first = episode.State.DueAt - episode.Clock.GetUtcNow();
        for (var round = 2; round < 5; round++)
            await episode.ItsMomentComes();
        await episode.OutputsAreChecked(4, new OutputObjection(Audio, "empty"));

        await episode.IsRetried();
        await episode.Completes(Audio, attempt: 2);

        (episode.State.DueAt - episode.Clock.GetUtcNow()).ShouldBe(first);
        var check = episode.Published<CheckOutputs>()[^1];
        (check.Round, check.Since).ShouldBe((5, 4), "answers to earlier rounds do not count");
    }

    private static async Task<EpisodeScenario> Made(TaskKind task, OrchestratorOptions? options = null)
    {
        var episode = await EpisodeScenario.Start(options);
        episode.OutputsAreFine = false;
        await episode.Upload(task);
        await episode.Completes(task);
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        return episode;
    }
}
