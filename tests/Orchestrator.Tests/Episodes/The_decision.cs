using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Ledger;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>What follows when all tasks are settled, case by case.</summary>
public sealed class The_decision
{
    private static readonly RetrySchedule Schedule = new(new OrchestratorOptions(), default, null);
    private static readonly TaskEntry Audio = Made(TaskKind.AudioExtraction);
    private static readonly TaskEntry Failed = Entry(TaskKind.VideoTranscode, task => task.GiveUp("no video", default));
    private static readonly TaskEntry Lost = Entry(
        TaskKind.VideoTranscode, task => task.Fail(1, "task_1", "gone", transient: false, default, Schedule, lost: true));
    private static readonly TaskEntry Waived = Entry(TaskKind.VideoTranscode, task => { task.GiveUp("no", default); task.Waive(default); });
    private static readonly TaskEntry Extra = Entry(TaskKind.ChapterDetection, task => task.GiveUp("no", default), isRequired: false);
    private static readonly TaskEntry WaivedExtra = Entry(
        TaskKind.ChapterDetection, task => { task.GiveUp("no", default); task.Waive(default); }, isRequired: false);
    private static readonly TaskEntry GoodExtra = Made(TaskKind.Thumbnail, isRequired: false);
    private static readonly TaskEntry BadExtra = Made(TaskKind.ChapterDetection, objection: "empty", isRequired: false);
    private static readonly TaskEntry Rejected = Made(TaskKind.VideoTranscode, objection: "too short");
    private static readonly TaskEntry Transcript = Made(TaskKind.TranscriptGeneration);

    public static TheoryData<string, object[], bool, object, string?> Cases => new()
    {
        { "all made and checked", [Audio], true, EpisodeStatus.Processed, null },
        { "made, not yet checked", [Audio], false, EpisodeStatus.Completing, null },
        { "the transcript is not collected", [Audio, Transcript], false, EpisodeStatus.Completing, null },
        { "a required task failed", [Audio, Failed], false, EpisodeStatus.Failed, "video_transcode: no video" },
        { "one failed and one is lost", [Lost, Failed], false, EpisodeStatus.Failed, "video_transcode: no video" },
        { "all that is missing is lost", [Audio, Lost], false, EpisodeStatus.Held, "A retry has it made anew" },
        { "a user does without what failed", [Audio, Waived], true, EpisodeStatus.Processed, null },
        { "an optional task failed", [Audio, Extra], true, EpisodeStatus.Processed, null },
        { "the only task is optional and failed", [Extra], false, EpisodeStatus.Failed, "chapter_detection: no" },
        { "the only task is optional and its output was rejected", [BadExtra], true, EpisodeStatus.Held, "chapter_detection: empty" },
        { "the only task is optional, and a user does without it", [WaivedExtra], true, EpisodeStatus.Processed, null },
        { "of two optional tasks one failed", [Extra, GoodExtra], true, EpisodeStatus.Processed, null },
        { "a required output was rejected, an optional task failed", [Rejected, Extra], true, EpisodeStatus.Held, "too short" },
        { "an output was rejected", [Audio, Rejected], true, EpisodeStatus.Held, "video_transcode: too short" },
        { "an output was rejected, and a task failed", [Rejected, Failed], true, EpisodeStatus.Failed, "no video" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void settled_tasks_lead_to_one_next_step(string what, object[] tasks, bool isChecked, object step, string? reason)
    {
        var decision = Episode(tasks, isChecked).Decide(new OrchestratorOptions());

        decision.Next.ShouldBe((EpisodeStatus)step, what);
        if (reason is null)
            decision.Reason.ShouldBeNull(what);
        else
            decision.Reason.ShouldNotBeNull(what).ShouldContain(reason);
    }

    [Fact]
    public void used_up_attempts_hold_the_episode_if_the_option_says_so() =>
        Episode([Failed], isChecked: true).Decide(new OrchestratorOptions { HoldWhenAttemptsAreUsedUp = true })
            .Next.ShouldBe(EpisodeStatus.Held);

    private static TaskEntry Made(TaskKind kind, string? objection = null, bool isRequired = true) => Entry(kind, task =>
    {
        task.Complete(1, "task_1", new TaskOutput("file_1", null), default);
        if (objection is not null)
            task.Object(objection, default);
    }, isRequired);

    private static TaskEntry Entry(TaskKind kind, Action<TaskEntry> happens, bool isRequired = true)
    {
        var entry = new TaskEntry { Kind = kind, Required = isRequired };
        happens(entry);
        return entry;
    }

    private static EpisodeState Episode(object[] tasks, bool isChecked) => new()
    {
        Tasks = new TaskLedger { Entries = [.. tasks.Cast<TaskEntry>()] },
        Check = new FollowUp { Done = isChecked },
        Transcript = new FollowUp { Done = isChecked },
    };
}
