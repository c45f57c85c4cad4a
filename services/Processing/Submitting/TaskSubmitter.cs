namespace Podcast.Processing.Submitting;

/// <summary>
/// Submits a task of any kind. For (episode, task, attempt) there is at most one Ittybit task: the first delivery of a command
/// creates it at once, every other delivery first looks for a task that may exist.
/// </summary>
internal sealed class TaskSubmitter(
    IIttybitApi ittybit, CallbackAddress callbacks, TaskFinder finder, KeyedLock locks, DeliveryLeases leases, IttybitGateway provider,
    IOptions<ProcessingOptions> options, TimeProvider clock, ILogger<TaskSubmitter> logger)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    public async Task Submit(ConsumeContext context, TaskOrder order, Func<IttybitSource, CreateTaskRequest> request)
    {
        if (order.Source is not { } source || string.IsNullOrWhiteSpace(source.FileId) == source.Url is null)
        {
            await Fail(context, order.Name, "The source names neither a file nor an address, or both.", transient: false);
            return;
        }

        if (!order.Again && context.SentTime is { } sent)
            order = order with { FirstAskedAt = order.FirstAskedAt ?? sent };

        var (held, isCopy) = await locks.Take(order.Name.Key, context.CancellationToken);
        using (held)
        {
            var body = request(new IttybitSource(source.FileId, source.Url));
            body = body with { Ref = order.Name.Reference(body.Ref), WebhookUrl = callbacks.For(order.Name) };
            var tell = await leases.Hold(context, () => Submit(context, order, body, isCopy));
            await tell();
        }
    }

    /// <returns>A function that publishes the result.</returns>
    private async Task<Func<Task>> Submit(ConsumeContext context, TaskOrder order, CreateTaskRequest request, bool isCopy)
    {
        var (name, since) = (order.Name, leases.Since(context));
        if (isCopy || order.Again || MayHaveRunBefore(context))
        {
            await WaitForRequestsBeforeUs(context, order, since);
            var search = await provider.Try(token => finder.Find(request, order, token), context.CancellationToken);

            // If the lookup fails, for whatever reason, the task may exist: neither create a second one nor fail it permanently.
            if (search.Failure is { } unseen)
                return () => Settle(context, name, unseen, isFinal: false);
            if (search.Value!.Doubt is { } doubt)
                return () => Fail(context, name, doubt, transient: true);
            if (search.Value.Task is { } found)
            {
                logger.TaskFound(name.Kind, name.Attempt, name.EpisodeId, found.Id);
                return () => Report(context, name, found);
            }
        }

        var asked = await provider.Try(token => ittybit.CreateTask(request, name.Key, token), context.CancellationToken);
        if (asked.Failure is { Kind: IttybitFailureKind.Transient } && await Made(request, order, context.CancellationToken) is { } made)
            asked = new(made, null);

        if (asked.Failure is { } failure)
            return () => Settle(context, name, failure, failure.Kind == IttybitFailureKind.Final);
        if (order.IsOfEarlierAttempt(asked.Value!.Id))
            return () => Fail(context, name, $"Ittybit answered with {asked.Value.Id}, the task of an earlier attempt.", transient: true);
        if (asked.Value.Ref is { } label && label != request.Ref)
            return () => Fail(context, name, $"Ittybit answered with {asked.Value.Id}, which is another task.", transient: true);

        logger.TaskAccepted(name.Kind, name.Attempt, name.EpisodeId, asked.Value.Id);
        return () => Report(context, name, asked.Value);
    }

    /// <summary>
    /// Waits until a request of the process that had this command before, if there was one, has had time to finish.
    /// </summary>
    private async Task WaitForRequestsBeforeUs(ConsumeContext context, TaskOrder order, DateTimeOffset? since)
    {
        var now = clock.GetUtcNow();
        if (context.ReceiveContext.Redelivered)
            since ??= now; // the time when we took over is unknown
        else if (!order.Again)
            return;
        if (since + options.Value.LookAfter - now is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, context.CancellationToken);
    }

    /// <summary>
    /// Looks for a task that Ittybit created although its response was lost; null if there is none. It is looked up at once,
    /// because the orchestrator may no longer need this attempt and would not ask for it again.
    /// </summary>
    private async Task<IttybitTask?> Made(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var wait = limits.LookAfter < FirstLook ? limits.LookAfter : FirstLook;
        await Task.Delay(wait, clock, cancellationToken);
        var search = await provider.Retry(
            token => finder.Find(request, order, token), IttybitGateway.IsTransient, limits.Looks, 2 * wait, factor: 2, cancellationToken);
        return search.Value?.Task;
    }

    /// <summary>True if an earlier delivery of this message may have sent its request.</summary>
    private bool MayHaveRunBefore(ConsumeContext context) =>
        context.ReceiveContext.Redelivered
        || context.GetRetryAttempt() > 0
        || context.GetRedeliveryCount() > 0
        || context.SentTime is not { } sent
        || (clock.GetUtcNow() - sent).Duration() > options.Value.FreshFor;

    private async Task Report(ConsumeContext context, TaskAttempt name, IttybitTask task)
    {
        var at = clock.GetUtcNow();
        await context.PublishUntilConfirmed(new TaskStarted(name.EpisodeId, name.Kind, name.Attempt, task.Id, at), clock);
        if (task.Outcome != TaskOutcome.InProgress)
            await context.PublishUntilConfirmed(task.Event(name, at), clock);
    }

    private Task Settle(ConsumeContext context, TaskAttempt name, IttybitFailure failure, bool isFinal)
    {
        if (failure.Kind != IttybitFailureKind.LaneBlocked)
            return Fail(context, name, failure.Message, transient: !isFinal);

        var until = provider.OpenAgain(failure);
        logger.TaskDeferred(name.Kind, name.Attempt, name.EpisodeId, until, failure.Message);
        return context.PublishUntilConfirmed(
            new TaskDeferred(name.EpisodeId, name.Kind, name.Attempt, failure.Message, until, clock.GetUtcNow()), clock);
    }

    private Task Fail(ConsumeContext context, TaskAttempt name, string reason, bool transient)
    {
        logger.TaskNotAccepted(name.Kind, name.Attempt, name.EpisodeId, transient, reason);
        return context.PublishUntilConfirmed(
            new TaskFailed(name.EpisodeId, name.Kind, name.Attempt, null, reason, transient, clock.GetUtcNow()), clock);
    }
}
