using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_outputs_are_looked_at
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Chapters = TaskKind.ChapterDetection;

    [Fact]
    public async Task a_bad_one_holds_the_episode_with_the_reason()
    {
        await using var episode = await Made(new PlannedTask(Audio));

        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "30 s long, the source has 3600 s"));

        episode.ShouldBe(nameof(EpisodeStateMachine.Held));
        episode.State.Reason.ShouldBe("audio_extraction: 30 s long, the source has 3600 s");
        episode.Published<EpisodeProcessed>().ShouldBeEmpty();
        episode.State.DueAt.ShouldBeNull();
    }

    [Fact]
    public async Task a_bad_optional_one_does_not()
    {
        await using var episode = await Made(new PlannedTask(Audio), new PlannedTask(Chapters, Required: false));

        await episode.OutputsAreChecked(1, new OutputObjection(Chapters, "the chapters do not rise"));

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task what_is_only_odd_goes_into_the_history()
    {
        await using var episode = await Made(new PlannedTask(TaskKind.TranscriptGeneration), new PlannedTask(Chapters));

        await episode.Hears(new TranscriptStored(episode.Id, 1, 12, 4, default, "Left out 1 of 3 cues: an end before its start."));
        await episode.Hears(new OutputsChecked(episode.Id, 1, [], default, "chapter_detection: Put the chapters in order."));

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        var history = episode.Published<EpisodeChanged>().SelectMany(changed => changed.Changes())
            .Select(change => (change.Change.What, change.Change.Why)).ToList();
        history.ShouldContain(("transcript_stored", "Left out 1 of 3 cues: an end before its start."));
        history.ShouldContain(("outputs_checked", "chapter_detection: Put the chapters in order."));
    }

    [Fact]
    public async Task who_looks_is_told_which_of_them_are_optional()
    {
        await using var episode = await Made(new PlannedTask(Audio), new PlannedTask(Chapters, Required: false));

        episode.Published<CheckOutputs>().ShouldHaveSingleItem().Optional.ShouldBe([Chapters]);
    }

    [Fact]
    public async Task media_object_is_described_once()
    {
        await using var episode = await Made(new PlannedTask(Audio));
        episode.Published<CheckOutputs>().ShouldHaveSingleItem().Media.ShouldBe(new MediaDescription("How to Build APIs", null));

        await episode.Hears(new OutputsChecked(episode.Id, 1, [new OutputObjection(Audio, "empty")], default, MediaId: "med_1"));
        await episode.IsRetried();
        await episode.Completes(Audio, attempt: 2);

        episode.Published<EpisodeChanged>()[^1].MediaId.ShouldBe("med_1");
        episode.Published<CheckOutputs>()[^1].ShouldSatisfyAllConditions(check => check.Round.ShouldBe(2), check => check.Media.ShouldBeNull());
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task media_id_is_kept_if_it_can_be_one(int length, bool isKept)
    {
        await using var episode = await Made(new PlannedTask(Audio));

        await episode.Hears(new OutputsChecked(episode.Id, 1, [], default, MediaId: new string('m', length)));

        (episode.State.MediaId is not null).ShouldBe(isKept);
    }

    [Fact]
    public async Task stale_check_result_does_not_count_for_a_new_attempt()
    {
        await using var episode = await Made(new PlannedTask(Audio));
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "empty"));

        await episode.IsRetried();
        await episode.Completes(Audio, attempt: 2);
        await episode.OutputsAreChecked(round: 1);
        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        await episode.OutputsAreChecked(round: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task objection_ends_when_a_later_check_finds_none(bool isStillBad)
    {
        const TaskKind Video = TaskKind.VideoTranscode;
        await using var episode = await Made(new PlannedTask(Audio), new PlannedTask(Video));
        var webPage = new OutputObjection(Video, "Its address gives a web page.");
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "Its address gives a web page."), webPage);

        await episode.IsRetried(now: false, Audio);
        await episode.Completes(Audio, attempt: 2);
        await episode.OutputsAreChecked(2, isStillBad ? [webPage] : []);

        episode.ShouldBe(isStillBad ? nameof(EpisodeStateMachine.Held) : nameof(EpisodeStateMachine.Processed));
        episode.Published<TranscodeVideo>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task rejected_transcript_is_read_again_with_the_retry()
    {
        const TaskKind Transcript = TaskKind.TranscriptGeneration;
        await using var episode = await Made(new PlannedTask(Audio), new PlannedTask(Transcript));
        await episode.TranscriptIsRejected(transient: false);
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "empty"));

        await episode.IsRetried(now: false, Audio);
        await episode.Completes(Audio, attempt: 2);
        await episode.TranscriptIsStored(round: 2);
        await episode.OutputsAreChecked(round: 2);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task an_unanswered_look_is_asked_for_again()
    {
        await using var episode = await Made(new PlannedTask(Audio));

        await episode.ItsMomentComes();

        episode.Published<CheckOutputs>().Select(check => check.Round).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task check_delay_counts_once_and_never_towards_the_refusals()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxRefusals = 2 });
        episode.OutputsAreFine = false;
        await episode.Upload(Audio);
        await episode.Completes(Audio);

        for (var round = 1; round < 6; round++)
        {
            var delayed = new OutputCheckDelayed(episode.Id, round, "402", default, episode.Clock.GetUtcNow().AddMinutes(10));
            await episode.Hears(delayed);
            var version = episode.State.Version;
            await episode.Hears(delayed);
            episode.State.Version.ShouldBe(version);
            await episode.ItsMomentComes();
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
    }

    private static async Task<EpisodeScenario> Made(params PlannedTask[] plan)
    {
        var episode = await EpisodeScenario.Start();
        episode.OutputsAreFine = false;
        await episode.Upload(plan);
        foreach (var task in plan)
            await episode.Completes(task.Kind);
        return episode;
    }
}
