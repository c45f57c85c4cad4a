namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>The records of requests and webhooks.</summary>
internal sealed class LedgerStore(StateFile state, TimeProvider clock)
{
    /// <summary>
    /// Records the arrival of a request. If the process crashes before the answer, the record stays without one.
    /// </summary>
    public long Begin(LedgerEntry entry, bool creates) => state.Single<long>(
        """
        INSERT INTO requests (at, method, path, creates, idempotency_key, ref, kind, source)
        VALUES (@at, @Method, @Path, @creates, @IdempotencyKey, @Ref, @Kind, @Source) RETURNING seq
        """,
        new
        {
            entry.Method,
            entry.Path,
            entry.IdempotencyKey,
            entry.Ref,
            entry.Kind,
            entry.Source,
            creates,
            at = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        });

    public void End(long seq, FinalAnswer answer) => state.Execute(
        "UPDATE requests SET answer = @Status, fault = @Fault, task_id = @TaskId WHERE seq = @seq",
        new { seq, answer.Status, answer.Fault, answer.TaskId });

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Creates(long after, int limit) => state.Read(db => db.Query<LedgerEntry, long, LedgerEntry>(
        """
        SELECT seq, method, path, idempotency_key AS idempotencyKey, ref, kind, source, answer, fault, task_id AS taskId, at
        FROM requests WHERE creates = 1 AND seq > @after ORDER BY seq LIMIT @limit
        """,
        (entry, at) => entry with { At = Time(at) },
        new { after, limit },
        splitOn: "at").AsList());

    /// <summary>Number and arrival time (Unix milliseconds) of requests, oldest first.</summary>
    public List<(long Seq, long At)> Times(long after, int limit) => state.List<(long, long)>(
        "SELECT seq, at FROM requests WHERE seq > @after ORDER BY seq LIMIT @limit", new { after, limit });

    public IReadOnlyList<SentWebhook> Webhooks(string? taskId, long after, int limit) => state.Read(db =>
        db.Query<SentWebhook, long, long?, SentWebhook>(
            """
            SELECT seq, task_id AS taskId, about, sort, state, attempts, answer, due_at, ended_at
            FROM webhooks WHERE (@taskId IS NULL OR task_id = @taskId) AND seq > @after ORDER BY seq LIMIT @limit
            """,
            (webhook, due, ended) => webhook with { DueAt = Time(due), EndedAt = ended is { } end ? Time(end) : null },
            new { taskId, after, limit },
            splitOn: "due_at,ended_at").AsList());

    public IReadOnlyList<RepeatedRef> Repeated() => state.List<(string Ref, string Kind, string Ids)>(
        """
        SELECT ref, kind, group_concat(id, ' ') FROM (SELECT ref, kind, id FROM tasks WHERE ref IS NOT NULL ORDER BY seq)
        GROUP BY ref, kind HAVING count(*) > 1 ORDER BY ref, kind LIMIT 1000
        """).ConvertAll(row => new RepeatedRef(row.Ref, row.Kind, row.Ids.Split(' ')));

    public LedgerTotals Totals() => state.Read(_ => new LedgerTotals(
        state.Single<long>("SELECT count(*) FROM requests"),
        state.Single<long>("SELECT count(*) FROM requests WHERE creates = 1"),
        state.Single<long>("SELECT count(*) FROM tasks"),
        TasksByState: Counts("SELECT status, count(*) FROM tasks GROUP BY 1"),
        CreatesByAnswer: Counts("SELECT coalesce(answer, 'none'), count(*) FROM requests WHERE creates = 1 GROUP BY 1"),
        Faults: Counts("SELECT fault, count(*) FROM requests WHERE fault IS NOT NULL GROUP BY 1"),
        Webhooks: Counts("SELECT state, count(*) FROM webhooks GROUP BY 1")));

    private Dictionary<string, long> Counts(string sql) =>
        state.List<(string Name, long Count)>(sql).ToDictionary(row => row.Name, row => row.Count);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
