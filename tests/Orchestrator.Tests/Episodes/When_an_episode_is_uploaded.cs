using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Tests.Episodes;

public sealed class When_an_episode_is_uploaded
{
    [Fact]
    public async Task the_default_plan_is_asked_for_once()
    {
        await using var episode = await EpisodeScenario.Uploaded();

        episode.ShouldBe(nameof(EpisodeStateMachine.Processing));
        var audio = episode.Published<ExtractAudio>().ShouldHaveSingleItem();
        audio.Attempt.ShouldBe(1);
        audio.Again.ShouldBeFalse();
        audio.Source.FileId.ShouldBe("file_raw");
        episode.Published<TranscodeVideo>().ShouldHaveSingleItem();
        episode.Published<GenerateTranscript>().ShouldHaveSingleItem();
        episode.Published<DetectChapters>().ShouldBeEmpty();
        episode.Published<CreateThumbnail>().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_redelivered_upload_changes_nothing()
    {
        await using var episode = await EpisodeScenario.Uploaded(TaskKind.AudioExtraction);

        await episode.Upload(TaskKind.ChapterDetection);

        episode.Published<ExtractAudio>().Count.ShouldBe(1);
        episode.Published<DetectChapters>().ShouldBeEmpty();
        episode.State.Version.ShouldBe(1);
    }

    [Fact]
    public async Task one_without_a_source_fails_with_the_reason()
    {
        await using var episode = await EpisodeScenario.Start();

        await episode.Hears(new EpisodeUploaded(episode.Id, "alice", "t", new EpisodeSource(null, null)));

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.Published<EpisodeFailed>().ShouldHaveSingleItem().Reason.ShouldContain("neither a file nor an address");
        episode.Published<ExtractAudio>().ShouldBeEmpty();
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task refused_upload_stays_refused_if_it_is_retried(int named)
    {
        await using var episode = await EpisodeScenario.Start();
        await episode.Hears(new EpisodeUploaded(episode.Id, "alice", new string('t', 201), new EpisodeSource("file_raw", null)));

        for (var retry = 0; retry < 2; retry++)
        {
            episode.Clock.Advance(TimeSpan.FromMinutes(10));
            await episode.IsRetried(now: true, [.. Enumerable.Repeat(TaskKind.AudioExtraction, named)]);
        }

        episode.ShouldBe(nameof(EpisodeStateMachine.Failed));
        episode.State.Reason.ShouldBe("The title is longer than 200 characters.");
        episode.State.Tasks.Entries.ShouldAllBe(task => task.State == TaskState.Cancelled);
        episode.Published<ExtractAudio>().ShouldBeEmpty();
        episode.Published<EpisodeFailed>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task its_show_and_details_are_kept_and_carried_to_the_end()
    {
        var details = new EpisodeDetails(2, 42, "Short.", new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(1)));
        await using var episode = await EpisodeScenario.Start();

        await episode.Hears(new EpisodeUploaded(
            episode.Id, "alice", "t", new EpisodeSource("file_1", null), Tasks: [new(TaskKind.AudioExtraction)], Show: "the-api-show",
            Details: details));
        await episode.Completes(TaskKind.AudioExtraction);

        episode.State.Show.ShouldBe("the-api-show");
        episode.Published<EpisodeChanged>().ShouldAllBe(snapshot => snapshot.Show == "the-api-show");
        var processed = episode.Published<EpisodeProcessed>().ShouldHaveSingleItem();
        (processed.Show, processed.Details).ShouldBe(("the-api-show", details));
    }

    [Theory]
    [InlineData("")]
    [InlineData("The API Show")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456")]
    public async Task a_show_that_is_no_slug_fails_it_with_the_reason(string show)
    {
        await using var episode = await EpisodeScenario.Start();

        await episode.Hears(new EpisodeUploaded(episode.Id, "alice", "t", new EpisodeSource("file_1", null), Show: show));

        episode.Published<EpisodeFailed>().ShouldHaveSingleItem().Reason.ShouldBe(
            "The show is not 1 to 50 lower-case letters, digits and hyphens.");
        episode.State.Show.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 1, "", "The season is not 1 to 100000.")]
    [InlineData(1, 100_001, "", "The episode's number is not 1 to 100000.")]
    [InlineData(1, 1, "x", "The summary is longer than 500 characters.")]
    [InlineData(1, 1, "", "The image's address is none of the web.", "ftp://cdn.example/a.jpg")]
    [InlineData(1, 1, "", "The image's address is none of the web.", "a.jpg")]
    public async Task details_out_of_bounds_fail_it_with_the_reason(
        int season, int number, string summary, string reason, string? image = null)
    {
        await using var episode = await EpisodeScenario.Start();
        var details = new EpisodeDetails(
            season, number, string.Concat(Enumerable.Repeat(summary, 501)), Image: image is null ? null : new Uri(image, UriKind.RelativeOrAbsolute));

        await episode.Hears(new EpisodeUploaded(episode.Id, "alice", "t", new EpisodeSource("file_1", null), Details: details));

        episode.Published<EpisodeFailed>().ShouldHaveSingleItem().Reason.ShouldBe(reason);
        episode.State.Details.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.MinValue)]
    public async Task a_length_that_is_none_is_unknown(double seconds)
    {
        await using var episode = await EpisodeScenario.Start();

        await episode.Hears(new EpisodeUploaded(
            episode.Id, "alice", "t", new EpisodeSource("file_1", null, DurationSeconds: seconds)));

        episode.Published<ExtractAudio>().ShouldHaveSingleItem().Source.DurationSeconds.ShouldBeNull();
        episode.Published<EpisodeChanged>().ShouldHaveSingleItem().Source.DurationSeconds.ShouldBeNull();
    }

    [Fact]
    public async Task a_length_of_centuries_still_has_its_task_checked()
    {
        await using var episode = await EpisodeScenario.Start();
        await episode.Hears(new EpisodeUploaded(
            episode.Id, "alice", "t", new EpisodeSource("file_1", null, DurationSeconds: 1e300), null,
            [new(TaskKind.AudioExtraction)]));

        await episode.Starts(TaskKind.AudioExtraction);

        var task = episode.Task(TaskKind.AudioExtraction);
        task.NextAt!.Value.ShouldBeLessThan(task.DeadlineAt!.Value);
    }

    [Fact]
    public async Task the_same_kind_twice_in_a_plan_is_made_once()
    {
        await using var episode = await EpisodeScenario.Uploaded(TaskKind.AudioExtraction, TaskKind.AudioExtraction);

        episode.Published<ExtractAudio>().Count.ShouldBe(1);
        episode.State.Tasks.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_first_snapshot_has_version_one_and_tells_the_plan()
    {
        await using var episode = await EpisodeScenario.Uploaded();

        var snapshot = episode.Published<EpisodeChanged>().ShouldHaveSingleItem();
        snapshot.Version.ShouldBe(1);
        snapshot.Status.ShouldBe(EpisodeStatus.Processing);
        snapshot.Change.What.ShouldBe("uploaded");
        snapshot.Change.By.ShouldBe("alice");
        snapshot.Tasks.Select(task => task.State).ShouldAllBe(state => state == TaskState.Pending);
        snapshot.DueAt.ShouldNotBeNull();
    }
}
