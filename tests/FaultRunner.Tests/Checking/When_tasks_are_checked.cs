using Podcast.FaultRunner.Invariants;
using Podcast.Orchestrator.Ledger;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>INV2: an attempt has one task at the provider, and our ledger knows it.</summary>
public sealed class When_tasks_are_checked
{
    [Fact]
    public void a_second_task_of_one_attempt_is_found()
    {
        var saga = Saga(entry: Entry(past: new PastAttempt { Attempt = 1, IttybitTaskId = "task_2" }));

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
        var saga = Saga(entry: Entry(attempt: 2, past: new PastAttempt { Attempt = 2, IttybitTaskId = "task_0" }));

        Found(Well() with { Sagas = [saga], ProviderTasks = [Task("task_0"), Task(TaskId, attempt: 2)] }, "INV2", "mixed up");
    }

    [Fact]
    public void a_success_of_an_earlier_attempt_may_settle_a_later_one() =>
        Checker.Check(Well() with { Sagas = [Saga(entry: Entry(attempt: 2))] }).ShouldAllBe(verdict => verdict.Holds);
}
