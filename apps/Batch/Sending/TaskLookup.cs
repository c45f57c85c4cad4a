using System.Text.Json;

namespace Podcast.Batch.Sending;

/// <summary>Finds tasks that Ittybit may have made for claims without an answer, by its list of tasks, newest first.</summary>
internal sealed class TaskLookup(IIttybitApi ittybit, Claims claims, Stop stop)
{
    private const int MostPages = 1_000_000;

    /// <summary>
    /// The ids of tasks by the refs of their claims; null for a task that is there and cannot be read. Each list page that
    /// is asked for takes a token like any request.
    /// </summary>
    /// <exception cref="JsonException">A page cannot be read: what was not found may be there, or behind it.</exception>
    public async Task<IReadOnlyDictionary<string, string?>> Find(IReadOnlyCollection<Claim> wanted, string kind)
    {
        var found = new Dictionary<string, string?>();
        var oldest = wanted.Min(claim => claim.ClaimedAt);

        // What was answered before the oldest of them left was made before it too: beyond it there is none of ours.
        var older = (await claims.AcceptedBefore(oldest, stop.Token)).ToHashSet();
        var byRef = wanted.ToDictionary(claim => claim.Ref);
        var doubt = await ittybit.ReadTasks(kind, MostPages, IsEnough, stop.Token);
        return doubt is null || found.Count == wanted.Count ? found : throw new JsonException(doubt);

        bool IsEnough(IttybitPage<IttybitTask> tasks)
        {
            foreach (var task in tasks.Concat(tasks.Doubtful))
            {
                if (Owner(task, byRef, found) is { } claim)
                    found.TryAdd(claim.Ref, task.Id.Length > 0 ? task.Id : null);
            }

            return found.Count == wanted.Count || tasks.Any(task => older.Contains(task.Id)) || tasks.IsOlderThan(oldest);
        }
    }

    private static Claim? Owner(IttybitTask task, Dictionary<string, Claim> byRef, Dictionary<string, string?> found)
    {
        if (task.Ref is { } reference)
            return byRef.TryGetValue(reference, out var named) ? named : null;

        // A server that echoes no refs may still say what the task works on.
        return byRef.Values.FirstOrDefault(claim =>
            !found.ContainsKey(claim.Ref)
            && SameAddress(task.InputUrl, claim.Url)
            && task.CreatedAt >= claim.ClaimedAt - TimeSpan.FromMinutes(1));
    }

    private static bool SameAddress(string? one, string other) =>
        one is not null && (one == other || Uri.TryCreate(other, UriKind.Absolute, out var uri) && one == uri.AbsoluteUri);
}
