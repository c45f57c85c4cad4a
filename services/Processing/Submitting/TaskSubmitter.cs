namespace Podcast.Processing.Submitting;

/// <summary>
/// Submits a task of any kind. For (episode, task, attempt) there is at most one Ittybit task: the first delivery of a command
/// creates it at once, every other delivery first looks for a task that may exist.
/// </summary>
internal sealed class TaskSubmitter(
    IIttybitApi ittybit, CallbackAddress callbacks, KeyedLock locks, DeliveryLeases leases, StartedTasks started, IttybitGateway provider,
    IOptions<ProcessingOptions> options, TimeProvider clock, ILogger<TaskSubmitter> logger)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2); // more than the clocks of two hosts differ

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
        if (isCopy || order.Again || MayHaveRunBefore(context, since))
        {
            await WaitForRequestsBeforeUs(context, order, since);
            var search = await provider.Calls.Try(token => Find(request, order, token), context.CancellationToken);

            // If the lookup fails, for whatever reason, the task may exist: neither create a second one nor fail it permanently.
            var known = search.Failure is { } unseen ? new(Doubt: unseen.Message, Failure: unseen) : search.Value;
            if (known?.Task is { } found)
                logger.TaskFound(name.Kind, name.Attempt, name.EpisodeId, found.Id);
            if (known is not null)
                return () => Report(context, name, known);
        }

        var result = await TaskSubmission.Request(
            ittybit, request, name.Key, trouble => provider.Calls.Classify(trouble, context.CancellationToken), order.IsOfEarlierAttempt,
            context.CancellationToken);
        if (result is { Failure: not null, Doubt: not null })
            result = await LookAgain(request, order, context.CancellationToken) ?? result;
        if (result.Task is { } task)
            logger.TaskAccepted(name.Kind, name.Attempt, name.EpisodeId, task.Id);
        return () => Report(context, name, result);
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

    /// <summary>Looks for the task with the reference or the callback of the request; null if there certainly is none.</summary>
    private async Task<TaskSubmission?> Find(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        var found = await ittybit.FindTasks(
            request.Kind, options.Value.LookupPages, [request], (task, _) => IsIt(task, request) && !order.IsOfEarlierAttempt(task.Id),
            page => page.IsOlderThan(order.FirstAskedAt), cancellationToken);
        return found.Of(request);
    }

    // The query of the callback differs each time, because it holds the trace, and its host may have changed.
    private static bool IsIt(IttybitTask task, CreateTaskRequest request) => task.Ref == request.Ref
        || (Uri.TryCreate(task.WebhookUrl, UriKind.Absolute, out var url) && url.AbsolutePath == request.WebhookUrl?.AbsolutePath);

    /// <summary>
    /// Looks for a task that Ittybit created although its response was lost; null if none is listed yet, or the lookups fail. It is
    /// looked up at once, because the orchestrator may no longer need this attempt and would not ask for it again.
    /// </summary>
    private async Task<TaskSubmission?> LookAgain(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var wait = limits.LookAfter < FirstLook ? limits.LookAfter : FirstLook;
        await Task.Delay(wait, clock, cancellationToken);
        var search = await provider.Calls.Retry(
            token => Find(request, order, token), IttybitCalls.IsTransient, limits.Looks, 2 * wait, factor: 2, cancellationToken);
        return search.Value;
    }

    /// <summary>
    /// True if an earlier delivery of this message may have sent its request. False if the message is new, or was sent when this
    /// process had the queue already, and not so long ago that <see cref="KeyedLock"/> could have forgotten a copy of it.
    /// </summary>
    private bool MayHaveRunBefore(ConsumeContext context, DateTimeOffset? since)
    {
        if (context.IsMarkedAsRepeated() || context.Age(clock) is not { } age)
            return true;

        var isRemembered = age >= TimeSpan.Zero && age < KeyedLock.RememberFor - ClockSkew && context.SentTime >= since + ClockSkew;
        return age.Duration() > options.Value.FreshFor && !isRemembered;
    }

    private Task Report(ConsumeContext context, TaskAttempt name, TaskSubmission result) => result switch
    {
        { Task: { } task } => Start(context, name, task),
        { Failure: { Kind: IttybitFailureKind.LaneBlocked } blocked } => Defer(context, name, blocked),
        { Doubt: { } doubt } => Fail(context, name, doubt, transient: true),
        { Failure: var failure } => Fail(context, name, failure!.Message, transient: failure.Kind != IttybitFailureKind.Final),
    };

    private async Task Start(ConsumeContext context, TaskAttempt name, IttybitTask task)
    {
        var at = clock.GetUtcNow();
        await started.Tell(context, name.EpisodeId, new StartedTask(name.Kind, name.Attempt, task.Id));
        if (task.Outcome != TaskOutcome.InProgress)
            await context.PublishUntilConfirmed(task.Event(name, at), clock);
    }

    private Task Defer(ConsumeContext context, TaskAttempt name, IttybitFailure failure)
    {
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
