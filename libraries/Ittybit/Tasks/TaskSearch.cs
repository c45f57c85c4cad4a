namespace Podcast.Ittybit;

/// <summary>
/// Reads Ittybit's list of tasks for a task that may have been made. A task is missing only if the list was read to its end,
/// or back to tasks that are older than the request, and each page could be read; otherwise nobody knows, and a second task
/// must not be made.
/// </summary>
public static class TaskSearch
{
    private const int PageSize = 100;

    // Ittybit's clock and ours may differ by this much.
    private static readonly TimeSpan clockDifference = TimeSpan.FromMinutes(10);

    /// <summary>Searches for the tasks that earlier requests may have created.</summary>
    /// <param name="isOf">Whether a task is that of a request.</param>
    /// <param name="isOlder">Whether the pages behind this one are older than all requests.</param>
    public static async Task<TaskSearchResult<T>> FindTasks<T>(
        this IIttybitApi ittybit, string kind, int mostPages, IReadOnlyCollection<T> requests, Func<IttybitTask, T, bool> isOf,
        Predicate<IttybitPage<IttybitTask>> isOlder, CancellationToken cancellationToken)
        where T : class
    {
        var found = new Dictionary<T, IttybitTask>();
        var doubt = await ittybit.ReadTasks(kind, mostPages, IsEnough, cancellationToken);
        return new(found, found.Count == requests.Count ? null : doubt);

        Task<bool> IsEnough(IttybitPage<IttybitTask> page)
        {
            foreach (var task in page.Concat(page.Doubtful))
            {
                if (requests.FirstOrDefault(one => isOf(task, one) && !found.ContainsKey(one)) is { } owner)
                    found.Add(owner, task);
            }

            return Task.FromResult(found.Count == requests.Count || isOlder(page));
        }
    }

    /// <summary>Reads the pages of one kind of task, or of all, newest first, until <paramref name="isEnough"/> or the end.</summary>
    /// <param name="mostPages">Pages of 100 tasks that are read at most.</param>
    /// <returns>Why a task that was not among them may exist all the same, in words for people; null when it does not.</returns>
    public static async Task<string?> ReadTasks(
        this IIttybitApi ittybit, string? kind, int mostPages, Func<IttybitPage<IttybitTask>, Task<bool>> isEnough,
        CancellationToken cancellationToken)
    {
        HashSet<string> previous = [];
        string? doubt = null;
        for (var page = 1; page <= mostPages; page++)
        {
            var tasks = await ittybit.ListTasks(page, PageSize, kind, cancellationToken: cancellationToken);
            if (tasks.IsUnreadable)
                doubt = "Nothing on a page of Ittybit's list of tasks can be read.";
            if (await isEnough(tasks) || tasks.Sent == 0)
                return doubt;

            // A server that knows no pages repeats the first. A full page may hide other tasks; a short page does not end
            // the list, since the server may cap the limit, and neither does a page without a task that can be read.
            if (tasks.Count > 0 && tasks.All(task => previous.Contains(task.Id)))
                return tasks.Sent < PageSize ? doubt : "Ittybit shows only a part of its tasks.";
            previous = [.. tasks.Select(task => task.Id)];
        }

        return $"Ittybit lists too many newer tasks ({mostPages} pages) to tell whether this one was made already.";
    }

    /// <summary>
    /// Whether the pages behind this one were made before <paramref name="time"/>, by Ittybit's clock. Only a page with the
    /// newest first tells; missing or unreadable times say nothing, and a single old time at its end may be wrong.
    /// </summary>
    public static bool IsOlderThan(this IttybitPage<IttybitTask> page, DateTimeOffset? time)
    {
        var times = page.Select(task => task.CreatedAt).OfType<DateTimeOffset>().ToList();
        return times.Count > 0 && times[0] >= times[^1] && times.TakeLast(2).All(made => time - made > clockDifference);
    }
}

/// <summary>The tasks that were found, and why others may exist all the same, in words for people; null when they do not.</summary>
public sealed record TaskSearchResult<T>(IReadOnlyDictionary<T, IttybitTask> Tasks, string? Doubt)
{
    /// <summary>What is known of the task of <paramref name="request"/>; null if Ittybit certainly has none.</summary>
    public TaskSubmission? Of(T request) => Tasks.GetValueOrDefault(request) switch
    {
        null => Doubt is null ? null : new(Doubt: Doubt),
        { Id.Length: 0 } => new(Doubt: "Ittybit has a task with our reference, but its list gives it no id."),
        var task => new(task),
    };
}
