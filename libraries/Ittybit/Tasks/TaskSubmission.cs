namespace Podcast.Ittybit;

/// <summary>
/// What became of the request for a task of which there must be one at most: Ittybit has it, or may have it, or certainly not.
/// </summary>
/// <param name="Doubt">Why it may exist, in words for people. A search (<see cref="TaskSearch"/>) must precede the next request.</param>
/// <param name="Failure">The failure of the call, if it failed.</param>
public sealed record TaskSubmission(IttybitTask? Task = null, string? Doubt = null, IttybitFailure? Failure = null)
{
    /// <summary>Requests a task that certainly does not exist. An answer with another request's task leaves a doubt.</summary>
    /// <param name="classify">The failure that an exception means; null for an exception that is not caught.</param>
    /// <param name="isOfAnother">Whether the task of this id is known to belong to another request.</param>
    public static async Task<TaskSubmission> Request(
        IIttybitApi ittybit, CreateTaskRequest request, string idempotencyKey, Func<Exception, IttybitFailure?> classify,
        Predicate<string>? isOfAnother = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var task = await ittybit.CreateTask(request, idempotencyKey, cancellationToken);
            return isOfAnother?.Invoke(task.Id) == true || (task.Ref is { } reference && reference != request.Ref)
                ? new(Doubt: $"Ittybit answered with {task.Id}, which is another task.")
                : new(task);
        }
        catch (Exception exception) when (classify(exception) is { } failure)
        {
            // Only a file can be missing. A request for an address has come to a wrong path, or to a version that is no longer served.
            if (failure.StatusCode is 404 or 410 && request.FileId is null)
                failure = failure with { Kind = IttybitFailureKind.Transient };
            var mayExist = failure is { Kind: IttybitFailureKind.Transient, IsUnsent: false };
            return new(Doubt: mayExist ? failure.Message : null, Failure: failure);
        }
    }
}
