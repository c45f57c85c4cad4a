using Microsoft.Extensions.Options;
using Podcast.Ittybit;

namespace Podcast.Processing.Submitting;

/// <summary>Looks for the task that an order may have made already.</summary>
internal sealed class TaskFinder(IIttybitApi ittybit, IOptions<ProcessingOptions> options)
{
    private const int PageSize = 100;

    // Ittybit's clock and ours may differ by as much.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The task with the reference or the callback of <paramref name="request"/>. There is none only if the list of its kind was read to its
    /// end, or back to tasks that were made before the order was given, and each page of it could be read.
    /// </summary>
    public async Task<TaskSearchResult> Find(CreateTaskRequest request, TaskOrder order, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var none = TaskSearchResult.None;
        for (var page = 1; page <= options.Value.LookupPages; page++)
        {
            var tasks = await ittybit.ListTasks(page, PageSize, request.Kind, cancellationToken: cancellationToken);
            if (tasks.Concat(tasks.Doubtful).FirstOrDefault(task => IsIt(task, request) && !order.IsOfEarlierAttempt(task.Id)) is { } found)
                return found.Id.Length > 0 ? new(found) : new(null, "Ittybit has a task with our reference, but its list gives it no id.");
            if (tasks.IsUnreadable)
                none = new(null, "Nothing on a page of Ittybit's list of tasks can be read.");
            if (tasks.Sent == 0 || IsOlderThan(order.FirstAskedAt, tasks))
                return none;

            // A server that knows no pages repeats the first. A full one may hide others; a short page otherwise proves nothing, since the
            // server may cap the limit, nor does one without a task that can be read.
            var before = seen.Count;
            seen.UnionWith(tasks.Select(task => task.Id));
            if (seen.Count == before && tasks.Count > 0)
                return tasks.Sent < PageSize ? none : new(null, "Ittybit shows only a part of its tasks.");
        }

        return new(null, $"Ittybit lists too many newer tasks ({options.Value.LookupPages} pages) to tell whether this one was made already.");
    }

    // The callback counts without its query, in which the trace differs each time, and without its host, which may have moved.
    private static bool IsIt(IttybitTask task, CreateTaskRequest request) =>
        task.Ref == request.Ref
        || (Uri.TryCreate(task.WebhookUrl, UriKind.Absolute, out var callback) && callback.AbsolutePath == request.WebhookUrl?.AbsolutePath);

    /// <summary>
    /// Whether what follows this page was made before <paramref name="time"/>, by Ittybit's clock. Only a list with the newest first tells;
    /// times that are missing or cannot be read say nothing, and a single one at its end may be wrong.
    /// </summary>
    private static bool IsOlderThan(DateTimeOffset? time, IttybitPage<IttybitTask> page)
    {
        var times = page.Select(task => task.CreatedAt).OfType<DateTimeOffset>().ToList();
        return times.Count > 0 && times[0] >= times[^1] && times.TakeLast(2).All(made => time - made > Skew);
    }
}

/// <summary>What came of a search.</summary>
/// <param name="Task">The task, if it is there.</param>
/// <param name="Doubt">Why nobody can tell whether it is, in words for people; null when it is known.</param>
internal sealed record TaskSearchResult(IttybitTask? Task, string? Doubt = null)
{
    public static TaskSearchResult None { get; } = new((IttybitTask?)null);
}
