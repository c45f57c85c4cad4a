using System.Text.Json;

namespace Podcast.Batch.Sending;

/// <summary>Finds tasks that Ittybit may have made for claims without an answer, by its list of tasks, newest first.</summary>
internal sealed class TaskLookup(IIttybitApi ittybit, Claims claims, Stop stop)
{
    private const int MostPages = 1_000_000;
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    /// <summary>The ids of tasks by the refs of their claims; null for a task that is there and cannot be read.</summary>
    /// <exception cref="JsonException">A page cannot be read: what was not found may be there, or behind it.</exception>
    public async Task<IReadOnlyDictionary<string, string?>> Find(IReadOnlyCollection<Claim> wanted, string kind)
    {
        var found = new Dictionary<string, string?>();
        var oldest = wanted.Min(claim => claim.ClaimedAt);

        // What was answered before the oldest of them left was made before it too: beyond it there is none of ours.
        var older = (await claims.AcceptedBefore(oldest, stop.Token)).ToHashSet();
        var doubt = await ittybit.ReadTasks(kind, MostPages, IsEnough, stop.Token);
        return doubt is null || found.Count == wanted.Count ? found : throw new JsonException(doubt);

        bool IsEnough(IttybitPage<IttybitTask> tasks)
        {
            foreach (var task in tasks.Concat(tasks.Doubtful))
            {
                if (wanted.FirstOrDefault(claim => !found.ContainsKey(claim.Ref) && IsOf(task, claim)) is { } owner)
                    found.Add(owner.Ref, task.Id.Length > 0 ? task.Id : null);
            }

            return found.Count == wanted.Count || tasks.Any(task => older.Contains(task.Id)) || tasks.IsOlderThan(oldest);
        }
    }

    /// <summary>By the ref; a server that echoes none may still say what the task works on.</summary>
    private static bool IsOf(IttybitTask task, Claim claim) => task.Ref is { } reference
        ? reference == claim.Ref
        : task.InputUrl is { } url
            && (url == claim.Url || Uri.TryCreate(claim.Url, UriKind.Absolute, out var uri) && url == uri.AbsoluteUri)
            && task.CreatedAt >= claim.ClaimedAt - ClockDifference;
}
