using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>INV5, INV6 and INV7: nothing goes back, each message has its effect once, and none is left over.</summary>
public sealed class When_histories_are_checked
{
    [Theory]
    [InlineData(TaskState.Processing, 1, "Processing after Completed")]
    [InlineData(TaskState.Failed, 1, "was Completed and became Failed")]
    public void a_task_that_goes_back_is_found(TaskState state, int attempt, string words) => Found(
        Well() with
        {
            Snapshots =
            [
                Snapshot(1, EpisodeStatus.Processing, TaskState.Pending), Snapshot(2, EpisodeStatus.Processing, TaskState.Completed),
                Snapshot(3, EpisodeStatus.Processing, state, attempt),
            ],
        },
        "INV5", words);

    [Fact]
    public void an_attempt_that_goes_back_is_found() => Found(
        Well() with
        {
            Snapshots =
            [
                Snapshot(1, EpisodeStatus.Processing, TaskState.Pending), Snapshot(2, EpisodeStatus.Processing, TaskState.Processing, attempt: 2),
                Snapshot(3, EpisodeStatus.Processing, TaskState.Processing),
            ],
        },
        "INV5", "attempt 1 after attempt 2");

    [Fact]
    public void an_end_that_was_none_is_found() => Found(
        Well() with
        {
            Snapshots =
            [
                Snapshot(1, EpisodeStatus.Processing, TaskState.Completed), Snapshot(2, EpisodeStatus.Processed, TaskState.Completed),
                Snapshot(3, EpisodeStatus.Processing, TaskState.Completed),
            ],
        },
        "INV5", "was Processed and became Processing");

    [Fact]
    public void a_gap_in_the_history_is_found() =>
        Found(Well() with { History = [.. Well().History.Where(line => line.Version != 2)] }, "INV6", "without 2");

    [Fact]
    public void two_different_changes_under_one_version_are_found() =>
        Found(
            Well() with { Snapshots = [.. Well().Snapshots, Snapshot(3, EpisodeStatus.Processed, TaskState.Completed, what: "other")] },
            "INV6", "doubled: version 3");

    [Fact]
    public void repetition_of_a_version_is_no_second_change()
    {
        var last = Well().Snapshots.Single(snapshot => snapshot.Change.Version == 3);

        var repeated = Well() with { Snapshots = [.. Well().Snapshots, last with { MessageId = Guid.NewGuid() }] };

        Checker.Check(repeated).ShouldAllBe(verdict => verdict.Holds);
    }

    [Fact]
    public void a_message_that_had_its_effect_twice_is_found()
    {
        var twice = Well() with
        {
            Sagas = [Saga(version: 4)],
            ReadModel = [new ReadModelFact(Id, Title, "processed", 4)],
            History = [.. Well().History, new(Id, 4, "retry_requested", null)],
            Snapshots = [.. Well().Snapshots, Snapshot(4, EpisodeStatus.Processed, TaskState.Completed)],
        };

        Found(twice, "INV6", "doubled: 0f8fad5b-d9cb-469f-a165-70867728950e has 1 lines of retry_requested, for 0 messages");
    }

    [Fact]
    public void a_message_that_is_left_over_is_found() =>
        Found(Well() with { Leftovers = new Dictionary<string, long> { ["messages in the queue episode"] = 2 } }, "INV7", "left over: 2");

    [Fact]
    public void a_message_that_was_given_up_is_found() => Found(Well() with { Errors = ["episode_error: TimeoutException"] }, "INV7", "given up");

    [Fact]
    public void a_change_that_nobody_else_heard_of_is_found() =>
        Found(Well() with { Snapshots = [.. Well().Snapshots.Where(snapshot => snapshot.Change.Version != 2)] }, "INV7", "vanished");
}
