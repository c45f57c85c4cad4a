using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>A task whose output was rejected is superseded for good; one that was only given up may still win.</summary>
public sealed class When_an_output_was_rejected
{
    private const TaskKind Audio = TaskKind.AudioExtraction;
    private const TaskKind Video = TaskKind.VideoTranscode;
    private const TaskKind Transcript = TaskKind.TranscriptGeneration;

    [Theory]
    [InlineData("task_AudioExtraction_1", "file_AudioExtraction_1")]
    [InlineData("task_AudioExtraction_1", "file_with_other_bytes")]
    [InlineData("task_that_was_never_heard_of", "file_with_other_bytes")]
    [InlineData("", "file_AudioExtraction_1")]
    public async Task an_old_completion_does_not_undo_the_retry(string taskId, string fileId)
    {
        await using var episode = await Rejected(Audio);
        await episode.IsRetried();
        await episode.Starts(Audio, attempt: 2);

        await Completes(episode, Audio, attempt: 1, taskId, fileId);

        episode.Task(Audio).State.ShouldBe(TaskState.Processing);
        episode.Task(Audio).IttybitTaskId.ShouldBe("task_AudioExtraction_2");
        await episode.Completes(Audio, attempt: 2);
        episode.Task(Audio).Output!.FileId.ShouldBe("file_AudioExtraction_2");
    }

    [Theory]
    [InlineData("task_AudioExtraction_1")]
    [InlineData("")]
    public async Task an_old_completion_is_no_news_before_the_new_task_starts(string taskId)
    {
        await using var episode = await EpisodeScenario.Start();
        episode.OutputsAreFine = false;
        await episode.Upload(Audio);
        await Completes(episode, Audio, attempt: 1, taskId, "file_1");
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "empty"));
        await episode.IsRetried();
        var version = episode.State.Version;

        await Completes(episode, Audio, attempt: 1, taskId, "file_1");

        episode.State.Version.ShouldBe(version);
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
    }

    [Fact]
    public async Task a_transcript_that_could_not_be_read_does_not_come_back()
    {
        await using var episode = await EpisodeScenario.Uploaded(Transcript);
        await episode.Completes(Transcript);
        await episode.TranscriptIsRejected(transient: false);
        await episode.IsRetried();

        await episode.Completes(Transcript, attempt: 1);

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        episode.Task(Transcript).State.ShouldBe(TaskState.Pending);
    }

    [Fact]
    public async Task an_output_that_a_person_wants_anew_does_not_come_back()
    {
        await using var episode = await EpisodeScenario.Uploaded(Audio, Video);
        await episode.Completes(Audio);
        await episode.Fails(Video);
        await episode.IsRetried(now: false, Audio, Video);

        await episode.Completes(Audio, attempt: 1);

        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        episode.Task(Audio).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task a_success_of_an_attempt_that_was_given_up_still_wins()
    {
        await using var episode = await EpisodeScenario.Start();
        episode.OutputsAreFine = false;
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        await episode.Fails(Audio, "internal_error", transient: true);
        await episode.Completes(Audio, attempt: 2);
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "empty"));
        await episode.IsRetried();

        await episode.Completes(Audio, attempt: 2);
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        await episode.Completes(Audio, attempt: 1);

        episode.Task(Audio).State.ShouldBe(TaskState.Completed);
        episode.Task(Audio).Output!.FileId.ShouldBe("file_AudioExtraction_1");
    }

    [Fact]
    public async Task retry_supersedes_the_attempt_that_made_the_output()
    {
        await using var episode = await EpisodeScenario.Start();
        episode.OutputsAreFine = false;
        await episode.Upload(Audio);
        await episode.Starts(Audio);
        await episode.Fails(Audio, "internal_error", transient: true);
        await episode.Starts(Audio, attempt: 2);
        await episode.Completes(Audio, attempt: 1); // overtakes the second
        await episode.OutputsAreChecked(1, new OutputObjection(Audio, "empty"));
        await episode.IsRetried();

        await episode.Completes(Audio, attempt: 1);
        episode.Task(Audio).State.ShouldBe(TaskState.Pending);
        await episode.Completes(Audio, attempt: 2);

        episode.Task(Audio).Output!.FileId.ShouldBe("file_AudioExtraction_2");
    }

    private static Task Completes(EpisodeScenario episode, TaskKind task, int attempt, string taskId, string fileId) =>
        episode.Hears(new TaskCompleted(episode.Id, task, attempt, taskId, new TaskOutput(fileId, null), default));

    private static async Task<EpisodeScenario> Rejected(TaskKind task)
    {
        var episode = await EpisodeScenario.Start();
        episode.OutputsAreFine = false;
        await episode.Upload(task);
        await episode.Starts(task);
        await episode.Completes(task);
        await episode.OutputsAreChecked(1, new OutputObjection(task, "empty"));
        return episode;
    }
}
