using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_tasks_are_tried_again
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;

    [Fact]
    public async Task transient_refusal_repeats_the_attempt_after_growing_waits()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        var waits = new List<TimeSpan>();

        for (var i = 0; i < 3; i++)
        {
            await episode.IsRefused(Audio);
            waits.Add(episode.State.DueAt!.Value - episode.Clock.GetUtcNow());
            await episode.ItsMomentComes();
        }

        waits.ShouldBeInOrder();
        var commands = episode.Published<ExtractAudio>();
        commands.Select(command => command.Attempt).ShouldBe([1, 1, 1, 1]);
        commands.Select(command => command.Again).ShouldBe([false, true, true, true]);
    }

    [Fact]
    public async Task the_same_refusal_heard_twice_counts_once()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.IsRefused(Audio);
        var version = episode.State.Version;

        await episode.IsRefused(Audio);

        episode.State.Version.ShouldBe(version);
        episode.Task(Audio).Refusals.ShouldBe(1);
    }

    [Fact]
    public async Task new_attempt_after_a_failure_knows_the_failed_tasks_id()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);

        await episode.Fails(Audio, "internal_error", transient: true);
        episode.Task(Audio).Attempt.ShouldBe(2);
        await episode.ItsMomentComes();

        var second = episode.Published<ExtractAudio>()[1];
        second.Attempt.ShouldBe(2);
        second.Again.ShouldBeFalse();
        second.KnownTaskIds.ShouldBe(["task_AudioExtraction_1"]);
    }

    [Fact]
    public async Task the_attempts_end()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await episode.Fails(Audio, "internal_error", transient: true, attempt);
            if (attempt < 3)
                await episode.ItsMomentComes();
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
    }

    [Fact]
    public async Task the_first_success_of_any_attempt_wins()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Fails(Audio, "internal_error", transient: true);
        await episode.ItsMomentComes();
        await episode.Starts(Audio, attempt: 2);

        await episode.Completes(Audio, attempt: 1);
        await episode.Completes(Audio, attempt: 2);

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Audio).Output!.FileId.ShouldBe("file_AudioExtraction_1");
    }

    [Fact]
    public async Task a_failure_of_an_old_attempt_does_not_touch_the_new_one()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Fails(Audio, "internal_error", transient: true);

        await episode.Fails(Audio, "internal_error", transient: false, attempt: 1);

        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        episode.Task(Audio).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task an_unanswered_command_is_sent_again()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.ItsMomentComes();

        var commands = episode.Published<ExtractAudio>();
        commands.Count.ShouldBe(2);
        commands[1].Again.ShouldBeTrue();
        commands[1].Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task a_missing_webhook_makes_us_ask_ittybit_with_growing_gaps()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);

        var gaps = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            gaps.Add(episode.State.DueAt!.Value - episode.Clock.GetUtcNow());
            await episode.ItsMomentComes();
        }

        episode.Published<CheckTask>().Count.ShouldBe(3);
        episode.Published<CheckTask>()[0].IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        episode.Published<ExtractAudio>().Count.ShouldBe(1);
        gaps[2].ShouldBeGreaterThan(gaps[0]);
    }

    [Fact]
    public async Task a_paused_lane_counts_against_nothing()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxRefusals = 1 });
        await episode.Upload(Audio);

        for (var i = 0; i < 5; i++)
        {
            var until = episode.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
            await episode.Hears(new TaskDeferred(episode.Id, Audio, 1, "Ittybit wants payment (402)", until, episode.Clock.GetUtcNow()));
            episode.State.DueAt.ShouldBe(until);
            await episode.ItsMomentComes();
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Published<ExtractAudio>().Count.ShouldBe(6);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task a_task_that_never_ends_is_given_up_and_tried_again(bool tellsProgress)
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { TaskDeadline = TimeSpan.FromMinutes(30) });
        await episode.Upload(Audio);
        await episode.Starts(Audio);

        for (var moments = 0; episode.Task(Audio).Attempt == 1; moments++)
        {
            moments.ShouldBeLessThan(30);
            await episode.ItsMomentComes();
            if (tellsProgress)
                await episode.Progresses(Audio, percent: moments);
        }

        episode.Task(Audio).Error!.ShouldContain("did not finish within");
        episode.Published<EpisodeChanged>()[^1].Change.What.ShouldBe("task_given_up");
    }

    [Fact]
    public async Task task_is_asked_about_after_its_deadline()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { TaskDeadline = TimeSpan.FromMinutes(30) });
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        episode.Clock.Advance(TimeSpan.FromHours(3)); // nobody was there to hear of it

        await episode.ItsMomentComes();
        episode.Published<CheckTask>().ShouldHaveSingleItem().IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
        episode.Published<ExtractAudio>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task question_that_waits_for_the_lane_is_asked_again()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { TaskDeadline = TimeSpan.FromMinutes(30) });
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        episode.Clock.Advance(TimeSpan.FromHours(3));
        await episode.ItsMomentComes();

        var until = episode.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await episode.Hears(new TaskDeferred(episode.Id, Audio, 1, "Ittybit wants payment (402)", until, episode.Clock.GetUtcNow()));
        await episode.ItsMomentComes();

        episode.Clock.GetUtcNow().ShouldBe(until);
        episode.Published<CheckTask>().Count.ShouldBe(2);
        episode.Task(Audio).Attempt.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task the_deadline_of_the_episode_names_what_is_missing(int completions)
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(10) });
        await episode.Upload(Audio, Video);
        if (completions > 0)
            await episode.Completes(Audio);
        if (completions > 1)
            await episode.Completes(Video);

        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();

        episode.ShouldBe(completions == 2 ? nameof(EpisodeStateMachine.Processed) : nameof(EpisodeStateMachine.Held));
        if (completions < 2)
            episode.State.Reason.ShouldBe(
                $"No answer in time for: {(completions == 0 ? "audio_extraction, video_transcode" : "video_transcode")}.");
    }

    [Fact]
    public async Task what_it_was_held_for_may_still_come()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { EpisodeDeadline = TimeSpan.FromMinutes(10) });
        await episode.Upload(Audio);
        while (episode.State.DueAt is not null)
            await episode.ItsMomentComes();

        await episode.Completes(Audio);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processed));
    }
}
