using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Contracts;
using Podcast.Hosting.Bus;
using Podcast.Ittybit.Client;
using Podcast.Processing.Asking;

namespace Podcast.Processing.Submitting;

/// <summary>
/// How a task is submitted, whatever it makes. (Episode, task, attempt) names at most one Ittybit task: the first delivery of an order
/// just asks for it, every other one looks first for the task that may be there.
/// </summary>
internal sealed class TaskSubmitter(
    IIttybitApi ittybit,
    CallbackAddress callbacks,
    TaskFinder finder,
    Turns turns,
    Provider provider,
    IOptions<ProcessingOptions> options,
    TimeProvider clock,
    ILogger<TaskSubmitter> logger)
{
    public async Task Submit(ConsumeContext context, TaskOrder order, Func<IttybitSource, CreateTaskRequest> request)
    {
        if (order.Source is not { } source || string.IsNullOrWhiteSpace(source.FileId) == source.Url is null)
        {
            await Fail(context, order.Name, "The source names neither a file nor an address, or both.", transient: false);
            return;
        }

        var (turn, isCopy) = await turns.Take(order.Name.Key, context.CancellationToken);
        using (turn)
            await Submit(context, order, Complete(request(new IttybitSource(source.FileId, source.Url)), order.Name), isCopy);
    }

    private CreateTaskRequest Complete(CreateTaskRequest request, TaskName name) => request with
    {
        Ref = name.Reference(request.Ref),
        WebhookUrl = callbacks.For(name.EpisodeId, name.Kind.Word(), name.Attempt),
    };

    private async Task Submit(ConsumeContext context, TaskOrder order, CreateTaskRequest request, bool isCopy)
    {
        var name = order.Name;
        if (isCopy || order.Again || MayHaveRunBefore(context))
        {
            if (context.ReceiveContext.Redelivered)
                await Task.Delay(options.Value.LookAfter, clock, context.CancellationToken);

            var looked = await provider.Ask(token => finder.Find(request, order, token), context.CancellationToken);
            if (looked.Failure is { } unseen)
            {
                // Not knowing is no reason to make a second one, nor to give up, whatever the list's answer was.
                await Settle(context, name, unseen, isFinal: false);
                return;
            }

            if (looked.Value is { } found)
            {
                logger.TaskFound(name.Kind, name.Attempt, name.EpisodeId, found.Id);
                await Report(context, name, found);
                return;
            }
        }

        var asked = await provider.Ask(token => ittybit.CreateTask(request, name.Key, token), context.CancellationToken);
        if (asked.Failure is { Kind: IttybitFailureKind.Transient } && await Made(request, order, context.CancellationToken) is { } made)
            asked = new(made, null);

        if (asked.Failure is { } failure)
            await Settle(context, name, failure, failure.Kind == IttybitFailureKind.Final);
        else if (order.IsOfEarlierAttempt(asked.Value!.Id))
            await Fail(context, name, $"Ittybit answered with {asked.Value.Id}, the task of an earlier attempt.", transient: true);
        else if (asked.Value.Ref is { } label && label != request.Ref)
            await Fail(context, name, $"Ittybit answered with {asked.Value.Id}, which is another task.", transient: true);
        else
        {
            logger.TaskAccepted(name.Kind, name.Attempt, name.EpisodeId, asked.Value.Id);
            await Report(context, name, asked.Value);
        }
    }

    /// <summary>
    /// The task that was made although we were told otherwise, or nothing: an answer may get lost. Who orders may have no use for this
    /// attempt any more, and would not ask again.
    /// </summary>
    private async Task<IttybitTask?> Made(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        for (var (look, wait) = (1, options.Value.LookAfter); ; look++, wait *= 2)
        {
            await Task.Delay(wait, clock, cancellationToken);
            var looked = await provider.Ask(token => finder.Find(request, order, token), cancellationToken);
            if (looked.Failure is not { Kind: IttybitFailureKind.Transient } || look == options.Value.Looks)
                return looked.Value;
        }
    }

    /// <summary>Whether an earlier delivery of this very message may have got as far as Ittybit.</summary>
    private bool MayHaveRunBefore(ConsumeContext context) =>
        context.ReceiveContext.Redelivered
        || context.GetRetryAttempt() > 0
        || context.GetRedeliveryCount() > 0
        || context.SentTime is not { } sent
        || clock.GetUtcNow() - sent > options.Value.FreshFor;

    private async Task Report(ConsumeContext context, TaskName name, IttybitTask task)
    {
        var at = clock.GetUtcNow();
        await context.PublishUntilConfirmed(new TaskStarted(name.EpisodeId, name.Kind, name.Attempt, task.Id, at), clock);
        if (News.Outcome(task, name, at) is { } outcome)
            await context.PublishUntilConfirmed(outcome, clock);
    }

    private Task Settle(ConsumeContext context, TaskName name, IttybitFailure failure, bool isFinal)
    {
        if (failure.Kind != IttybitFailureKind.LaneBlocked)
            return Fail(context, name, failure.Message, transient: !isFinal);

        var until = provider.OpenAgain(failure);
        logger.TaskDeferred(name.Kind, name.Attempt, name.EpisodeId, until, failure.Message);
        return context.PublishUntilConfirmed(
            new TaskDeferred(name.EpisodeId, name.Kind, name.Attempt, failure.Message, until, clock.GetUtcNow()), clock);
    }

    private Task Fail(ConsumeContext context, TaskName name, string reason, bool transient)
    {
        logger.TaskNotAccepted(name.Kind, name.Attempt, name.EpisodeId, transient, reason);
        return context.PublishUntilConfirmed(
            new TaskFailed(name.EpisodeId, name.Kind, name.Attempt, null, reason, transient, clock.GetUtcNow()), clock);
    }
}
