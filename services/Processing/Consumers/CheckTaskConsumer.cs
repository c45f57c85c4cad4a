namespace Podcast.Processing.Consumers;

/// <summary>
/// Asks Ittybit for the state of a task whose webhook did not arrive, and publishes the same events as for a webhook. A failed
/// question publishes nothing, since the orchestrator asks again by itself.
/// </summary>
internal sealed class CheckTaskConsumer(
    IIttybitApi ittybit, IttybitGateway provider, IOptions<ProcessingOptions> options, TimeProvider clock,
    ILogger<CheckTaskConsumer> logger) : IConsumer<CheckTask>
{
    public async Task Consume(ConsumeContext<CheckTask> context)
    {
        var (episodeId, kind, attempt, taskId) = context.Message;
        var (limits, token) = (options.Value, context.CancellationToken);

        // A replica of Ittybit's API may not know a new task yet.
        var answer = await provider.Calls.Retry(
            token => ittybit.GetTask(taskId, token), IsUnknown, limits.UnknownTaskTries, limits.UnknownTaskDelay, factor: 1, token);
        var at = clock.GetUtcNow();
        object? message = answer switch
        {
            { Value: { } task } when task.Id == taskId => Answered(task.Event(new TaskAttempt(episodeId, kind, attempt), at)),
            { Failure: { Kind: IttybitFailureKind.LaneBlocked } blocked } =>
                new TaskDeferred(episodeId, kind, attempt, blocked.Message, provider.OpenAgain(blocked), at),
            { Failure: { } failure } when IsUnknown(failure) => new TaskFailed(
                episodeId, kind, attempt, taskId, $"Ittybit no longer knows task {taskId}.", Transient: true, at, Lost: true),
            _ => null,
        };

        if (message is TaskFailed { Lost: true })
            logger.TaskLost(taskId, episodeId);
        if (message is not null)
            await context.PublishUntilConfirmed(message, clock);
        else
            logger.TaskNotChecked(taskId, episodeId, answer.Failure?.Message ?? "it answered with another task");
    }

    /// <summary>An answer to our question without an output means that there is none; a webhook may only leave it out.</summary>
    private static object Answered(object message) => message is TaskCompleted completed ? completed with { Checked = true } : message;

    /// <summary>Only Ittybit itself can say so: a page of a proxy does not.</summary>
    private static bool IsUnknown(IttybitFailure failure) =>
        failure is { StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status410Gone, IsIttybits: true };
}
