using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using static Podcast.Contracts.TaskKind;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_the_lane_is_paused
{
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task tasks_wait_as_long_as_it_takes_and_no_deadline_passes()
    {
        await using var episode = await EpisodeScenario.Start(
            new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(20), MaxRefusals = 1 });
        await episode.Upload(AudioExtraction, VideoTranscode);

        for (var round = 0; round < 12; round++)
        {
            await IsPutOff(episode, AudioExtraction);
            await IsPutOff(episode, VideoTranscode);
            await episode.ItsMomentComes();
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        await episode.Completes(AudioExtraction);
        await episode.Completes(VideoTranscode);
        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }

    [Fact]
    public async Task waits_that_overlap_move_the_deadline_once()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode, TranscriptGeneration);
        var deadline = episode.State.DeadlineAt;

        await IsPutOff(episode, AudioExtraction);
        await IsPutOff(episode, VideoTranscode);
        await IsPutOff(episode, TranscriptGeneration);
        await IsPutOff(episode, TranscriptGeneration);

        episode.State.DeadlineAt.ShouldBe(deadline + Gap);
    }

    [Fact]
    public async Task a_lane_that_flaps_moves_the_deadline_by_the_time_it_took()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        var deadline = episode.State.DeadlineAt;

        for (var second = 1; second <= 20; second++)
        {
            await IsPutOff(episode, AudioExtraction);
            await IsPutOff(episode, VideoTranscode);
            episode.Clock.Advance(TimeSpan.FromSeconds(1));
            await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow(), LaneIsOpen: true));
            episode.State.DeadlineAt.ShouldBe(deadline + TimeSpan.FromSeconds(second));
        }

        await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow(), LaneIsOpen: true)); // twice is no more than once
        episode.State.DeadlineAt.ShouldBe(deadline + TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task task_at_ittybit_is_not_given_up_while_the_lane_is_paused()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { TaskDeadline = TimeSpan.FromHours(1) });
        await episode.Upload(AudioExtraction);
        await episode.Starts(AudioExtraction);

        for (var checks = 0; checks < 30; checks++)
        {
            await episode.ItsMomentComes();
            episode.Published<CheckTask>().Count.ShouldBe(checks + 1);
            await IsPutOff(episode, AudioExtraction);
        }

        episode.Task(AudioExtraction).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task the_history_tells_it_once()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction);

        for (var round = 0; round < 5; round++)
        {
            await IsPutOff(episode, AudioExtraction);
            await episode.ItsMomentComes();
        }

        await episode.Starts(AudioExtraction);
        episode.Published<ExtractAudio>().Count.ShouldBe(6);
        episode.Published<EpisodeChanged>().Select(changed => changed.Change.What).ShouldBe(["uploaded", "task_deferred", "task_started"]);
    }

    [Fact]
    public async Task lane_opening_wakes_only_tasks_that_wait_for_the_lane()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction, VideoTranscode);
        await IsPutOff(episode, AudioExtraction);
        await episode.IsRefused(VideoTranscode);

        await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow(), LaneIsOpen: true));

        episode.Published<ExtractAudio>().Count.ShouldBe(2);
        episode.Published<TranscodeVideo>().Count.ShouldBe(1);
        episode.State.LaneUntil.ShouldBeNull();
    }

    [Fact]
    public async Task a_moment_that_comes_early_by_itself_ends_no_wait()
    {
        await using var episode = await EpisodeScenario.Uploaded(AudioExtraction);
        await IsPutOff(episode, AudioExtraction);

        await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow()));

        episode.Published<ExtractAudio>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task follow_ups_wait_for_the_lane_and_go_on_when_it_opens()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(20) });
        await episode.Upload(TranscriptGeneration);
        episode.OutputsAreFine = false;
        await episode.Completes(TranscriptGeneration);

        for (var round = 1; round < 6; round++)
        {
            var (now, until) = (episode.Clock.GetUtcNow(), episode.Clock.GetUtcNow() + Gap);
            await episode.Hears(new TranscriptRejected(episode.Id, round, "402", Transient: true, now, until));
            await episode.Hears(new OutputCheckDelayed(episode.Id, round, "402", now, until));
            if (round < 5)
                await episode.ItsMomentComes();
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Completing));
        episode.Published<EpisodeChanged>().Count(changed => changed.Change.What == "transcript_rejected").ShouldBe(1);
        await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow(), LaneIsOpen: true));
        episode.Published<CollectTranscript>()[^1].Round.ShouldBe(6);
        episode.Published<CheckOutputs>()[^1].Round.ShouldBe(6);
    }

    private static Task IsPutOff(EpisodeScenario episode, TaskKind task) => episode.Hears(new TaskDeferred(
        episode.Id, task, 1, "Ittybit asks for payment (402).", episode.Clock.GetUtcNow() + Gap, episode.Clock.GetUtcNow()));
}
