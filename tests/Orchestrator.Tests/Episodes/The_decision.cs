using Podcast.Contracts;
using Podcast.Orchestrator.Episodes;
using Podcast.Orchestrator.Ledger;

namespace Podcast.Orchestrator.Tests.Episodes;

/// <summary>What follows when all tasks are settled, case by case.</summary>
public sealed class The_decision
{
    private static readonly TaskEntry Audio = new() { Kind = TaskKind.AudioExtraction, State = TaskState.Completed };
    private static readonly TaskEntry Failed = new() { Kind = TaskKind.VideoTranscode, State = TaskState.Failed, Error = "no video" };
    private static readonly TaskEntry Lost = new() { Kind = TaskKind.VideoTranscode, State = TaskState.Failed, Error = "gone", Lost = true };
    private static readonly TaskEntry Waived = new() { Kind = TaskKind.VideoTranscode, State = TaskState.Failed, Error = "no", Waived = true };
    private static readonly TaskEntry Extra = new() { Kind = TaskKind.ChapterDetection, State = TaskState.Failed, Error = "no", Required = false };
    private static readonly TaskEntry Rejected = new() { Kind = TaskKind.VideoTranscode, State = TaskState.Completed, Objection = "too short" };
    private static readonly TaskEntry Transcript = new() { Kind = TaskKind.TranscriptGeneration, State = TaskState.Completed };

    public static TheoryData<string, object[], bool, object, string?> Cases => new()
    {
        { "all made and checked", [Audio], true, NextStep.Complete, null },
        { "made, not yet checked", [Audio], false, NextStep.FollowUp, null },
        { "the transcript is not collected", [Audio, Transcript], false, NextStep.FollowUp, null },
        { "a required task failed", [Audio, Failed], false, NextStep.Fail, "video_transcode: no video" },
        { "one failed and one is lost", [Lost, Failed], false, NextStep.Fail, "video_transcode: no video" },
        { "all that is missing is lost", [Audio, Lost], false, NextStep.Hold, "A retry has it made anew" },
        { "a user does without what failed", [Audio, Waived], true, NextStep.Complete, null },
        { "an optional task failed", [Audio, Extra], true, NextStep.Complete, null },
        { "an output was rejected", [Audio, Rejected], true, NextStep.Hold, "video_transcode: too short" },
        { "an output was rejected, and a task failed", [Rejected, Failed], true, NextStep.Fail, "no video" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void settled_tasks_lead_to_one_next_step(string what, object[] tasks, bool isChecked, object step, string? reason)
    {
        var decision = EpisodeDecision.Of(Episode(tasks, isChecked), new OrchestratorOptions());

        decision.Step.ShouldBe((NextStep)step, what);
        if (reason is null)
            decision.Reason.ShouldBeNull(what);
        else
            decision.Reason.ShouldNotBeNull(what).ShouldContain(reason);
    }

    [Fact]
    public void used_up_attempts_hold_the_episode_if_the_option_says_so() =>
        EpisodeDecision.Of(Episode([Failed], isChecked: true), new OrchestratorOptions { HoldWhenAttemptsAreUsedUp = true })
            .Step.ShouldBe(NextStep.Hold);

    private static EpisodeState Episode(object[] tasks, bool isChecked) => new()
    {
        Tasks = new TaskLedger { Entries = [.. tasks.Cast<TaskEntry>()] },
        Check = new FollowUp { Done = isChecked },
        Transcript = new FollowUp { Done = isChecked },
    };
}
