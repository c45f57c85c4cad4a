using Podcast.Contracts;
using Podcast.Faults.Evidence;
using Podcast.Faults.Invariants;
using Podcast.Orchestrator.Ledger;
using static Podcast.Faults.Tests.Checking.OneEpisode;

namespace Podcast.Faults.Tests.Checking;

/// <summary>Each thing that must not happen is found, by its own invariant and no other.</summary>
public sealed class When_evidence_is_checked
{
    [Fact]
    public void a_run_in_which_all_is_well_passes() => Checker.Check(Well()).ShouldAllBe(verdict => verdict.Holds);

    [Fact]
    public void an_accepted_episode_that_nobody_heard_of_is_lost()
    {
        var lost = Well() with { Orders = [Order(), Order() with { Title = "another", Status = null }], Floor = 0 };

        Found(lost, "INV1", "lost: another");
    }

    [Fact]
    public void an_episode_that_was_asked_for_once_and_is_there_twice_is_doubled()
    {
        var twin = Guid.NewGuid();
        var doubled = Well() with
        {
            Sagas = [Saga(), new SagaFact(twin, Title, "Cancelled", 0, new TaskLedger())],
            ReadModel = [.. Well().ReadModel, new ReadModelFact(twin, Title, "cancelled", 0)],
        };

        Found(doubled, "INV1", "doubled");
    }

    [Fact]
    public void an_episode_that_nobody_asked_for_is_unexpected()
    {
        var stranger = Guid.NewGuid();
        var more = Well() with
        {
            Sagas = [Saga(), new SagaFact(stranger, "whose?", "Cancelled", 0, new TaskLedger())],
            ReadModel = [.. Well().ReadModel, new ReadModelFact(stranger, "whose?", "cancelled", 0)],
        };

        Found(more, "INV1", "unexpected");
    }

    [Fact]
    public void an_episode_that_never_ends_is_stuck() => Found(
        Well() with
        {
            Orders = [Order() with { Status = null }],
            Sagas = [Saga("Completing")],
            ReadModel = [new ReadModelFact(Id, Title, "completing", 3)],
            Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")],
            Floor = 0,
        },
        "INV1", "stuck");

    [Theory]
    [InlineData("processing", 3)]
    [InlineData("processed", 2)]
    public void an_owner_who_sees_another_state_is_told_of(string status, int version) =>
        Found(Well() with { ReadModel = [new ReadModelFact(Id, Title, status, version)] }, "INV1", "stale");

    [Fact]
    public void an_API_that_answers_otherwise_is_told_of() =>
        Found(Well() with { Orders = [Order() with { Status = "404" }] }, "INV1", "the API answers 404");

    [Fact]
    public void a_second_task_of_one_attempt_is_found()
    {
        var saga = Saga(entry: new TaskEntry
        {
            Kind = TaskKind.AudioExtraction, State = TaskState.Completed, IttybitTaskId = TaskId, Past = [new PastAttempt { Attempt = 1, IttybitTaskId = "task_2" }],
        });

        Found(Well() with { Sagas = [saga], ProviderTasks = [Task(TaskId), Task("task_2")] }, "INV2", "doubled");
    }

    [Fact]
    public void a_task_that_the_provider_has_forgotten_is_none() =>
        Checker.Check(Well() with { ProviderTasks = [Task(TaskId), Task("task_2", isLost: true)] }).ShouldAllBe(verdict => verdict.Holds);

    [Fact]
    public void a_task_that_our_ledger_does_not_know_is_found() =>
        Found(Well() with { ProviderTasks = [Task(TaskId), Task("task_2", attempt: 2)] }, "INV2", "orphan");

    [Fact]
    public void a_task_that_the_provider_never_made_is_found() => Found(Well() with { ProviderTasks = [], Webhooks = [] }, "INV2", "unknown");

    [Fact]
    public void a_task_of_another_attempt_is_found()
    {
        var saga = Saga(entry: new TaskEntry
        {
            Kind = TaskKind.AudioExtraction, State = TaskState.Completed, Attempt = 2, IttybitTaskId = TaskId,
            Past = [new PastAttempt { Attempt = 2, IttybitTaskId = "task_0" }],
        });

        Found(Well() with { Sagas = [saga], ProviderTasks = [Task("task_0"), Task(TaskId, attempt: 2)] }, "INV2", "mixed up");
    }

    [Fact]
    public void a_success_of_an_earlier_attempt_may_settle_a_later_one() =>
        Checker.Check(Well() with { Sagas = [Saga(entry: Entry(attempt: 2))] }).ShouldAllBe(verdict => verdict.Holds);

    [Fact]
    public void an_episode_that_is_announced_twice_is_found() =>
        Found(Well() with { Messages = [.. Well().Messages, Message("episode-processed")] }, "INV3", "doubled");

    [Fact]
    public void an_episode_that_is_not_announced_is_found() =>
        Found(Well() with { Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")] }, "INV3", "lost");

    [Fact]
    public void an_acknowledged_webhook_that_was_never_consumed_is_lost() => Found(Well() with { Inbox = new HashSet<Guid>() }, "INV4", "lost");

    [Fact]
    public void a_webhook_that_was_not_acknowledged_may_be_lost()
    {
        var refused = Well().Webhooks[0] with { State = "given_up", Answer = 503, MessageId = Guid.NewGuid() };

        Checker.Check(Well() with { Webhooks = [.. Well().Webhooks, refused] }).ShouldAllBe(verdict => verdict.Holds);
    }

    [Fact]
    public void an_acknowledged_webhook_that_left_no_trace_is_found()
    {
        var forgetful = Entry(taskId: null, state: TaskState.Failed);

        Found(
            Well() with { Sagas = [Saga("Held", entry: forgetful)], ReadModel = [new(Id, Title, "held", 3)], Orders = [Order() with { Status = "held" }], Messages = [Message("task-completed", TaskId)], ProviderTasks = [Task(TaskId, isLost: true)], Floor = 0 },
            "INV4", "without effect");
    }

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
        Found(Well() with { Snapshots = [.. Well().Snapshots, Snapshot(3, EpisodeStatus.Processed, TaskState.Completed)] }, "INV6", "doubled: version 3");

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

    [Fact]
    public void a_stranger_who_was_let_in_is_found() => Found(Well() with { Forgeries = [("plain, not signed", 200)] }, "INV8", "taken in");

    [Fact]
    public void a_lie_that_was_believed_is_found()
    {
        var lie = new ProviderWebhook(TaskId, "Failed", IsGenuine: false, "refused", 401, Guid.NewGuid());

        Found(Well() with { Webhooks = [.. Well().Webhooks, lie], Inbox = new HashSet<Guid> { WebhookId, lie.MessageId } }, "INV8", "believed");
    }

    [Fact]
    public void a_lie_that_the_provider_tells_as_well_may_be_believed()
    {
        var lie = new ProviderWebhook(TaskId, "Failed", IsGenuine: false, "refused", 401, WebhookId);

        Checker.Check(Well() with { Webhooks = [.. Well().Webhooks, lie] }).ShouldAllBe(verdict => verdict.Holds);
    }

    [Fact]
    public void a_task_that_somebody_made_up_is_found() =>
        Found(Well() with { ReportedTaskIds = new HashSet<string> { "task_forged7" } }, "INV8", "task_forged7");

    [Fact]
    public void too_many_calls_in_any_second_are_found() => Found(Well() with { Calls = [1_000, 1_999, 2_100, 2_200, 2_999] }, "INV9", "3 calls in one second");

    [Fact]
    public void a_secret_that_got_out_is_found() =>
        Found(Well() with { Leaks = new Dictionary<string, int> { ["the callback key in the log ingest-1.log"] = 2 } }, "INV10", "the log ingest-1.log");

    [Fact]
    public void a_run_in_which_all_failed_does_not_pass() => Found(
        Well() with
        {
            Orders = [Order() with { Status = "failed" }],
            Sagas = [Saga("Failed")],
            ReadModel = [new ReadModelFact(Id, Title, "failed", 3)],
            Messages = [.. Well().Messages.Where(message => message.Exchange != "podcast.episode-processed")],
        },
        "INV11", "0 of 1 episodes were processed");

    [Fact]
    public void a_run_in_which_nothing_was_accepted_does_not_pass()
    {
        var (name, _) = (Well() with { Orders = [Order(isAcknowledged: false), .. Enumerable.Repeat(Order(), 1)] }).OnlyFinding();

        name.ShouldBe("INV11");
    }

    [Fact]
    public void a_process_that_ended_by_itself_is_found() => Found(Well() with { BadEnds = ["ingest-1 ended by itself"] }, "ends", "ingest-1");

    private static void Found(RunEvidence run, string invariant, string words)
    {
        var (name, violation) = run.OnlyFinding();

        name.ShouldBe(invariant);
        violation.ShouldContain(words);
    }
}
