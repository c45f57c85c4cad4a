using Microsoft.Extensions.Options;
using Podcast.Ittybit.Client;

namespace Podcast.Processing.Submitting;

/// <summary>Looks for the task that an order may have made already.</summary>
internal sealed class TaskFinder(IIttybitApi ittybit, IOptions<ProcessingOptions> options)
{
    private const int PageSize = 100;

    /// <summary>The task with the reference or the callback of <paramref name="request"/> among the newest of its kind, or null.</summary>
    public async Task<IttybitTask?> Find(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; page <= options.Value.LookupPages; page++)
        {
            var tasks = await ittybit.ListTasks(page, PageSize, request.Kind, cancellationToken: cancellationToken);
            if (tasks.FirstOrDefault(task => IsIt(task, request) && !order.IsOfEarlierAttempt(task.Id)) is { } found)
                return found;

            // A short page proves nothing: the server may cap the limit. One without anything new is the end.
            var before = seen.Count;
            seen.UnionWith(tasks.Select(task => task.Id));
            if (seen.Count == before)
                break;
        }

        return null;
    }

    // The callback counts without its query, in which the trace differs each time, and without its host, which may have moved.
    private static bool IsIt(IttybitTask task, CreateTaskRequest request) =>
        task.Ref == request.Ref
        || (Uri.TryCreate(task.WebhookUrl, UriKind.Absolute, out var callback) && callback.AbsolutePath == request.WebhookUrl?.AbsolutePath);
}
