namespace Podcast.Processing.Checking;

/// <summary>
/// Asks Ittybit for the state of a task whose webhook did not arrive, and publishes the same events as for a webhook. A failed
/// question publishes nothing, since the orchestrator asks again by itself.
/// </summary>
internal sealed class CheckTaskConsumer(
    IIttybitApi ittybit, IttybitGateway provider, IOptions<ProcessingOptions> options, TimeProvider clock, ILogger<CheckTaskConsumer> logger)
    : IConsumer<CheckTask>
{
    public async Task Consume(ConsumeContext<CheckTask> context)
    {
        var (episodeId, kind, attempt, taskId) = context.Message;
        var name = new TaskAttempt(episodeId, kind, attempt);

        var answer = await Ask(taskId, context.CancellationToken);
        object? message = answer switch
        {
            { Failure: { } failure } => EventFor(failure, name, taskId),
            { Value: { } task } when task.Id == taskId => Answered(task.Event(name, clock.GetUtcNow())),
            _ => null,
        };

        if (message is not null)
            await context.PublishUntilConfirmed(message, clock);
        else
            logger.TaskNotChecked(taskId, episodeId, answer.Failure?.Message ?? "it answered with another task");
    }

    /// <summary>
    /// Asks several times before a 404 counts, because a replica of Ittybit's API may not know a new task yet.
    /// </summary>
    private async Task<Answer<IttybitTask>> Ask(string taskId, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await provider.Try(token => ittybit.GetTask(taskId, token), cancellationToken);
            if (!IsUnknown(answer.Failure) || tries == options.Value.UnknownTaskTries)
                return answer;

            await Task.Delay(options.Value.UnknownTaskDelay, clock, cancellationToken);
        }
    }

    /// <summary>An answer to our question without an output means that there is none; a webhook may only leave it out.</summary>
    private static object Answered(object message) => message is TaskCompleted completed ? completed with { Checked = true } : message;

    private object? EventFor(IttybitFailure failure, TaskAttempt name, string taskId)
    {
        var (episodeId, kind, attempt) = name;
        var at = clock.GetUtcNow();
        if (failure.Kind == IttybitFailureKind.LaneBlocked)
            return new TaskDeferred(episodeId, kind, attempt, failure.Message, provider.OpenAgain(failure), at);
        if (!IsUnknown(failure))
            return null;

        logger.TaskLost(taskId, episodeId);
        return new TaskFailed(episodeId, kind, attempt, taskId, $"Ittybit no longer knows task {taskId}.", Transient: true, at, Lost: true);
    }

    private static bool IsUnknown(IttybitFailure? failure) =>
        failure?.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status410Gone;
}
