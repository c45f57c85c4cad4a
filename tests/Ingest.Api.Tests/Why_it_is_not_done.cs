using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Episodes;
using Podcast.Throttling;

namespace Podcast.Ingest.Api.Tests;

public sealed partial class Why_it_is_not_done
{
    private static readonly DateTimeOffset now = new(2026, 1, 15, 14, 32, 10, TimeSpan.Zero);
    private static readonly string[] ended = ["processed", "failed", "cancelled"];

    [Fact]
    public void unfinished_episode_has_a_reason_without_times_in_the_past() =>
        Prop.ForAll(Cases().ToArbitrary(), one =>
        {
            var sentence = WaitingFor.Of(one.Episode, one.Lane, one.Now);

            if (ended.Contains(one.Episode.Status))
                sentence.ShouldBeNull();
            else
            {
                sentence.ShouldNotBeNullOrWhiteSpace();
                sentence.ShouldEndWith(".");
                Times(sentence, one.Now).ShouldAllBe(time => time >= one.Now);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void running_task_is_told_with_age_progress_and_next_step() =>
        Sentence(Task(TaskKind.TranscriptGeneration, TaskState.Processing, "task_9", percent: 40, startedAt: -14, nextAt: 3, deadlineAt: 38)).ShouldBe(
            "Waiting for the transcript: task_9 has been at Ittybit for 14 min (40 %), asked about at 14:35:10 UTC, given up at 15:10:10 UTC; "
            + "a person is asked at 2026-01-18 14:32:10 UTC.");

    [Fact]
    public void a_task_between_attempts_is_told_with_when_and_why() =>
        Sentence(Task(TaskKind.VideoTranscode, TaskState.Pending, attempt: 2, error: "Ittybit failed (503).", nextAt: 5)).ShouldStartWith(
            "Waiting for the video: tried again at 14:37:10 UTC (attempt 2; before it: Ittybit failed (503));");

    [Fact]
    public void a_time_that_has_passed_is_any_moment() =>
        Sentence(Task(TaskKind.VideoTranscode, TaskState.Pending, requestedAt: -5, nextAt: -1)).ShouldStartWith(
            "Waiting for the video: asked for 5 min ago, not accepted yet, asked for again any moment;");

    [Fact]
    public void a_paused_lane_comes_first() =>
        WaitingFor.Of(
            Episode(EpisodeStatus.Processing, Task(TaskKind.AudioExtraction, TaskState.Pending, nextAt: 2)),
            new ThrottleStatus("ittybit", LaneState.Paused, "Ittybit asks for payment (402).", "ittybit", now.AddHours(-3), now.AddMinutes(10), 20),
            now)!.ShouldStartWith(
            "Calls to Ittybit have been paused for 3 h 0 min: Ittybit asks for payment (402); tried again at 14:42:10 UTC, or once an operator resumes them. "
            + "Waiting for the audio: tried again at 14:34:10 UTC;");

    [Fact]
    public void a_part_of_a_second_is_no_reason_to_name_one_that_has_passed() =>
        WaitingFor.Of(
            Episode(EpisodeStatus.Processing, Task(TaskKind.AudioExtraction, TaskState.Pending, nextAt: 0.005)), null, now.AddMilliseconds(200))!
            .ShouldContain("at 14:32:11 UTC");

    [Theory]
    [InlineData("held", "Waiting for a person, to retry, resume or cancel it: the audio is 30 s long.")]
    [InlineData("awaiting_upload", "Waiting for the raw video: its address was given out 2 h 0 min ago, and nobody has confirmed the upload.")]
    [InlineData("uploaded", "Waiting for work on it to begin: uploaded 2 h 0 min ago; announced again if nobody takes it up.")]
    public void every_other_state_has_a_sentence_too(string status, string sentence)
    {
        var episode = Episode(EpisodeStatus.Held);
        (episode.Status, episode.Reason) = (status, "the audio is 30 s long");

        WaitingFor.Of(episode, null, now).ShouldBe(sentence);
    }

    private static string Sentence(ProcessingTask task) => WaitingFor.Of(Episode(EpisodeStatus.Processing, task), null, now)!;

    private static Episode Episode(EpisodeStatus status, params IEnumerable<ProcessingTask> tasks)
    {
        var episode = new Episode
        {
            UserId = "ann",
            Title = "T",
            Status = Status.Of(status),
            CreatedAt = now.AddHours(-2),
            DueAt = now.AddMinutes(1),
            DeadlineAt = now.AddDays(3),
        };
        episode.Tasks.AddRange(tasks);
        return episode;
    }

    private static ProcessingTask Task(
        TaskKind kind, TaskState state, string? id = null, int attempt = 1, string? error = null, int? percent = null,
        double? requestedAt = null, double? startedAt = null, double? nextAt = null, double? deadlineAt = null) => new()
        {
            Type = kind,
            Status = state,
            IttybitTaskId = id,
            Attempt = attempt,
            ErrorMessage = error,
            Percent = percent,
            RequestedAt = In(requestedAt),
            StartedAt = In(startedAt),
            NextAt = In(nextAt),
            DeadlineAt = In(deadlineAt),
            UpdatedAt = now,
        };

    private static DateTimeOffset? In(double? minutes) => minutes is { } some ? now.AddMinutes(some) : null;

    /// <summary>Snapshots as no orchestrator would write them, too, looked at at any moment.</summary>
    private static Gen<Case> Cases()
    {
        var times = Gen.Choose(-3_000_000, 3_000_000).Select(seconds => (DateTimeOffset?)now.AddSeconds(seconds / 7.0));
        var maybe = Gen.Frequency((3, times), (1, Gen.Constant((DateTimeOffset?)null)));
        var words = Gen.Elements<string?>(null, "", " . ", "Ittybit failed (503).", "no audio stream");
        var tasks =
            from kind in Gen.Elements(Enum.GetValues<TaskKind>())
            from state in Gen.Elements(Enum.GetValues<TaskState>())
            from attempt in Gen.Choose(1, 4)
            from id in Gen.Elements<string?>(null, "task_1")
            from error in words
            from percent in Gen.Elements<int?>(null, 0, 40, 100)
            from at in maybe.ArrayOf(5)
            select new ProcessingTask
            {
                Type = kind,
                Status = state,
                Attempt = attempt,
                IttybitTaskId = id,
                ErrorMessage = error,
                Percent = percent,
                RequestedAt = at[0],
                StartedAt = at[1],
                NextAt = at[2],
                DeadlineAt = at[3],
                UpdatedAt = at[4] ?? now,
            };
        var lanes =
            from state in Gen.Elements(Enum.GetValues<LaneState>())
            from why in words
            from at in maybe.ArrayOf(2)
            select (ThrottleStatus?)new ThrottleStatus("ittybit", state, why, "ittybit", at[0], at[1], 20);
        return
            from status in Gen.Elements(Status.All.ToArray())
            from reason in words
            from at in maybe.ArrayOf(4)
            from list in tasks.ListOf()
            from lane in Gen.Frequency((2, lanes), (1, Gen.Constant((ThrottleStatus?)null)))
            from clock in times
            select new Case(Filled(status, reason, at, list), lane, clock!.Value);
    }

    private static Episode Filled(string status, string? reason, DateTimeOffset?[] at, IEnumerable<ProcessingTask> tasks)
    {
        var episode = new Episode
        {
            UserId = "ann",
            Title = "T",
            Status = status,
            Reason = reason,
            CreatedAt = at[0] ?? now,
            UploadedAt = at[1],
            DueAt = at[2],
            DeadlineAt = at[3],
        };
        episode.Tasks.AddRange(tasks);
        return episode;
    }

    private static IEnumerable<DateTimeOffset> Times(string sentence, DateTimeOffset now) =>
        Time().Matches(sentence).Select(match => match.Groups["day"].Success
            ? DateTimeOffset.Parse($"{match.Groups["day"].Value}T{match.Groups["time"].Value}Z", CultureInfo.InvariantCulture)
            : new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + TimeSpan.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"((?<day>\d{4}-\d\d-\d\d) )?(?<time>\d\d:\d\d:\d\d) UTC")]
    private static partial Regex Time();

    private sealed record Case(Episode Episode, ThrottleStatus? Lane, DateTimeOffset Now);
}
