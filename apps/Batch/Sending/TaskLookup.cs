using System.Text.Json;

namespace Podcast.Batch.Sending;

/// <summary>Finds tasks that Ittybit may have made for claims without an answer, by its list of tasks, newest first.</summary>
internal sealed class TaskLookup(IIttybitApi ittybit, Claims claims, Stop stop)
{
    private const int MostPages = 1_000_000;
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <exception cref="JsonException">A page cannot be read: what was not found may be there, or behind it.</exception>
    public async Task<TaskSearchResult<Claim>> Find(IReadOnlyCollection<Claim> wanted, string kind)
    {
        var oldest = wanted.Min(claim => claim.ClaimedAt);

        // What was answered before the oldest of them left was made before it too: beyond it there is none of ours.
        var older = (await claims.AcceptedBefore(oldest, stop.Token)).ToHashSet();
        var found = await ittybit.FindTasks(
            kind, MostPages, wanted, IsOf, page => page.Any(task => older.Contains(task.Id)) || page.IsOlderThan(oldest), stop.Token);
        return found.Doubt is { } doubt ? throw new JsonException(doubt) : found;
    }

    /// <summary>By the ref; a server that echoes none may still say what the task works on.</summary>
    private static bool IsOf(IttybitTask task, Claim claim) => task.Ref is { } reference
        ? reference == claim.Ref
        : task.InputUrl is { } url
            && (url == claim.Url || Uri.TryCreate(claim.Url, UriKind.Absolute, out var uri) && url == uri.AbsoluteUri)
            && task.CreatedAt >= claim.ClaimedAt - ClockDifference;
}
