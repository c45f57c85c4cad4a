using Podcast.Contracts;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>A webhook may bring a file instead of its task: an empty id is no id, and neither is one that is far too long.</summary>
public sealed class When_news_names_no_task
{
    private const TaskKind Audio = TaskKind.AudioExtraction;

    public static TheoryData<string> NoIds => ["", "  ", new string('x', 300)];

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task its_progress_does_not_take_the_tasks_place(string id)
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Hears(new TaskStarted(episode.Id, Audio, 1, id, default));
        await episode.Hears(new TaskProgressed(episode.Id, Audio, 1, id, "processing", 40, default));
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        await episode.Starts(Audio);

        episode.Task(Audio).IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        episode.Task(Audio).Past.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task its_failure_has_the_task_looked_for(string id)
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);

        await episode.Hears(new TaskFailed(episode.Id, Audio, 1, id, "Ittybit says: failed.", Transient: true, default));

        episode.Task(Audio).IttybitTaskId.ShouldBeNull();
        await episode.ItsMomentComes();
        episode.Published<ExtractAudio>()[^1].ShouldSatisfyAllConditions(
            order => order.Again.ShouldBeTrue(), order => order.Attempt.ShouldBe(1), order => order.KnownTaskIds.ShouldBeEmpty());
    }

    [Theory]
    [MemberData(nameof(NoIds))]
    [InlineData(null)]
    public async Task failure_without_task_id_has_the_known_task_checked_at_once(string? id)
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);
        var now = episode.Clock.GetUtcNow();

        await episode.Hears(new TaskFailed(episode.Id, Audio, 1, id, "Ittybit says: failed.", Transient: true, default));

        episode.Task(Audio).State.ShouldBe(TaskState.Processing);
        episode.State.DueAt.ShouldBe(now);
        await episode.ItsMomentComes();
        episode.Published<CheckTask>().ShouldHaveSingleItem().IttybitTaskId.ShouldBe("task_AudioExtraction_1");
    }

    [Theory]
    [MemberData(nameof(NoIds))]
    public async Task a_completion_of_an_older_attempt_keeps_that_ones_id(string id)
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio);
        await episode.Starts(Audio);
        await episode.Fails(Audio, "internal_error", transient: true);
        await episode.Starts(Audio, attempt: 2);

        await episode.Hears(new TaskCompleted(episode.Id, Audio, 1, id, new TaskOutput("file_1", null), default));

        episode.Task(Audio).IttybitTaskId.ShouldBe("task_AudioExtraction_1");
        episode.Task(Audio).Past.Find(past => past.IttybitTaskId == "task_AudioExtraction_2")!.Outcome.ShouldBe("overtaken");
        episode.Task(Audio).Past.ShouldNotContain(past => past.IttybitTaskId == id);
    }

    [Fact]
    public async Task a_completion_of_an_older_attempt_without_id_has_none()
    {
        await using var episode = await EpisodeScenario.Start(new OrchestratorOptions { MaxAttempts = 1 });
        await episode.Upload(Audio);
        await episode.IsRefused(Audio, transient: false);
        await episode.IsRetried();
        await episode.Starts(Audio, attempt: 2);

        await episode.Hears(new TaskCompleted(episode.Id, Audio, 1, "", new TaskOutput("file_1", null), default));

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Audio).IttybitTaskId.ShouldBeNull();
    }
}
