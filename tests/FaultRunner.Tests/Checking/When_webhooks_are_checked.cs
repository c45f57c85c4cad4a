using Podcast.Contracts;
using Podcast.FaultRunner.Evidence;
using Podcast.FaultRunner.Invariants;
using static Podcast.FaultRunner.Tests.Checking.OneEpisode;

namespace Podcast.FaultRunner.Tests.Checking;

/// <summary>INV4 and INV8: what was acknowledged had its effect, and what was a lie had none.</summary>
public sealed class When_webhooks_are_checked
{
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
}
