using Podcast.Contracts;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_a_kind_of_task_has_its_own_patience
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;

    [Fact]
    public async Task attempts_of_a_kind_end_at_its_own_limit_after_a_retry_too()
    {
        await using var episode = await Uploaded(new KindOptions { MaxAttempts = 1 });

        await episode.Fails(Video, transient: true);
        await episode.Fails(Audio, transient: true);
        (episode.Task(Audio).State, episode.Task(Video).State).ShouldBe((TaskState.Pending, TaskState.Failed));
        await episode.IsRetried(now: false, Video);
        await episode.Fails(Video, transient: true, attempt: 2);

        episode.Task(Video).State.ShouldBe(TaskState.Failed);
    }

    [Fact]
    public async Task retry_delay_of_a_kind_applies_to_that_kind_only()
    {
        var (hour, twoHours) = (TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        await using var episode = await Uploaded(new KindOptions { RetryDelay = hour, MaxRetryDelay = twoHours });

        await episode.IsRefused(Video);
        await episode.IsRefused(Audio);

        var now = episode.Clock.GetUtcNow();
        (episode.Task(Video).NextAt!.Value - now).ShouldBe(hour, tolerance: hour * 0.2);
        (episode.Task(Audio).NextAt!.Value - now).ShouldBe(TimeSpan.FromSeconds(30), tolerance: TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task its_waits_grow_to_its_own_limit()
    {
        var (hour, ninety) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(90));
        await using var episode = await Uploaded(new KindOptions { RetryDelay = hour, MaxRetryDelay = ninety });

        for (var refusals = 0; refusals < 2; refusals++)
        {
            await episode.Hears(new EpisodeDue(episode.Id, episode.Clock.GetUtcNow()));
            await episode.IsRefused(Video);
            episode.Clock.Advance(refusals == 0 ? ninety : TimeSpan.Zero);
        }

        episode.Task(Video).Refusals.ShouldBe(2);
        (episode.Task(Video).NextAt!.Value - episode.Clock.GetUtcNow()).ShouldBe(ninety, tolerance: ninety * 0.2);
    }

    [Fact]
    public async Task task_is_given_up_at_the_deadline_of_its_kind()
    {
        await using var episode = await Uploaded(new KindOptions { Deadline = TimeSpan.FromMinutes(10) });
        await episode.Starts(Video);
        await episode.Starts(Audio);

        episode.Clock.Advance(TimeSpan.FromMinutes(11));
        await episode.ItsMomentComes();
        await episode.ItsMomentComes(); // nobody answered

        (episode.Task(Audio).Attempt, episode.Task(Video).Attempt).ShouldBe((1, 2));
        episode.Task(Video).Error.ShouldBe("Ittybit did not finish within 0:10:00.");
    }

    private static async Task<EpisodeScenario> Uploaded(KindOptions video)
    {
        var options = new OrchestratorOptions();
        options.Tasks.TranscodeVideo = video;
        var episode = await EpisodeScenario.Start(options);
        await episode.Upload(Audio, Video);
        return episode;
    }
}
