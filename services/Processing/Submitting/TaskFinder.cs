namespace Podcast.Processing.Submitting;

/// <summary>The common fields of the four commands.</summary>
/// <param name="KnownTaskIds">Ittybit tasks of earlier attempts, which a lookup must not return for this one.</param>
/// <param name="Again">True: this attempt was requested before.</param>
/// <param name="FirstAskedAt">When it was requested for the first time; null if unknown.</param>
internal sealed record TaskOrder(
    TaskAttempt Name, EpisodeSource? Source, IReadOnlyList<string>? KnownTaskIds, bool Again, DateTimeOffset? FirstAskedAt)
{
    public bool IsOfEarlierAttempt(string taskId) => KnownTaskIds?.Contains(taskId, StringComparer.Ordinal) ?? false;
}

/// <summary>Looks for the task that an order may have made already.</summary>
internal sealed class TaskFinder(IIttybitApi ittybit, IOptions<ProcessingOptions> options)
{
    /// <summary>The task with the reference or the callback of <paramref name="request"/>.</summary>
    public async Task<TaskSearchResult> Find(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        IttybitTask? found = null;
        var doubt = await ittybit.ReadTasks(request.Kind, options.Value.LookupPages, IsEnough, cancellationToken);
        return found switch
        {
            null => new(null, doubt),
            { Id.Length: 0 } => new(null, "Ittybit has a task with our reference, but its list gives it no id."),
            _ => new(found, null),
        };

        bool IsEnough(IttybitPage<IttybitTask> tasks)
        {
            found = tasks.Concat(tasks.Doubtful).FirstOrDefault(task => IsIt(task, request) && !order.IsOfEarlierAttempt(task.Id));
            return found is not null || tasks.IsOlderThan(order.FirstAskedAt);
        }
    }

    // The query of the callback differs each time, because it holds the trace, and its host may have changed.
    private static bool IsIt(IttybitTask task, CreateTaskRequest request) => task.Ref == request.Ref
        || (Uri.TryCreate(task.WebhookUrl, UriKind.Absolute, out var url) && url.AbsolutePath == request.WebhookUrl?.AbsolutePath);
}

/// <summary>The result of a search.</summary>
/// <param name="Task">The task, if it was found.</param>
/// <param name="Doubt">Why it may exist although it was not found, in words for people; null when that is known.</param>
internal sealed record TaskSearchResult(IttybitTask? Task, string? Doubt);
