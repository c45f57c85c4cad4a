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

    /// <summary>
    /// Reads the pages of one kind of task, newest first, until <paramref name="isEnough"/> or the end of the list.
    /// </summary>
    /// <param name="mostPages">Pages of 100 tasks that are read at most.</param>
    /// <returns>Why a task that was not among them may exist all the same, in words for people; null when it does not.</returns>
    public static async Task<string?> ReadTasks(
        this IIttybitApi ittybit, string kind, int mostPages, Func<IttybitPage<IttybitTask>, bool> isEnough,
        CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? doubt = null;
        for (var page = 1; page <= mostPages; page++)
        {
            var tasks = await ittybit.ListTasks(page, PageSize, kind, cancellationToken: cancellationToken);
            if (tasks.IsUnreadable)
                doubt = "Nothing on a page of Ittybit's list of tasks can be read.";
            if (tasks.Sent == 0 || isEnough(tasks))
                return doubt;

            // A server that knows no pages repeats the first. A full page may hide other tasks; a short page does not end
            // the list, since the server may cap the limit, and neither does a page without a task that can be read.
            var before = seen.Count;
            seen.UnionWith(tasks.Select(task => task.Id));
            if (seen.Count == before && tasks.Count > 0)
                return tasks.Sent < PageSize ? doubt : "Ittybit shows only a part of its tasks.";
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
