namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Stores the idempotency keys of the last 24 hours.</summary>
internal sealed class IdempotencyKeys(StateFile state, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>The task that was created with that key.</summary>
    public string? Find(string? key) => string.IsNullOrEmpty(key) ? null : state.Read(db => db.QuerySingleOrDefault<string>(
        "SELECT task_id FROM idempotency_keys WHERE key = @key AND at > @oldest",
        new { key, oldest = (clock.GetUtcNow() - Life).ToUnixTimeMilliseconds() }));

    public void Keep(string? key, string taskId)
    {
        if (!string.IsNullOrEmpty(key))
            state.Change(db => db.Execute(
                "INSERT OR REPLACE INTO idempotency_keys (key, at, task_id) VALUES (@key, @at, @taskId)",
                new { key, taskId, at = clock.GetUtcNow().ToUnixTimeMilliseconds() }));
    }
}
