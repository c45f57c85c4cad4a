namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>The records of requests and webhooks.</summary>
internal sealed class LedgerStore(StateFile state, TimeProvider clock)
{
    /// <summary>
    /// Records the arrival of a request. If the process crashes before the answer, the record stays without one.
    /// </summary>
    public long Begin(LedgerEntry entry, bool creates) => state.Change(db => db.QuerySingle<long>(
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
            creates = creates ? 1 : 0,
            at = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }));

    public void End(long seq, int? answer, string? fault, string? taskId) => state.Change(db => db.Execute(
        "UPDATE requests SET answer = @answer, fault = @fault, task_id = @taskId WHERE seq = @seq", new { seq, answer, fault, taskId }));

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Creates(long after, int limit) => state.Read(db => db.Query<Row>(
        """
        SELECT seq, at, method, path, idempotency_key AS idempotencyKey, ref, kind, source, answer, fault, task_id AS taskId
        FROM requests WHERE creates = 1 AND seq > @after ORDER BY seq LIMIT @limit
        """,
        new { after, limit }).Select(row => row.Entry).ToList());

    /// <summary>The arrival times of requests, oldest first.</summary>
    public IReadOnlyList<RequestTime> Times(long after, int limit) => state.Read(db => db.Query<RequestTime>(
        "SELECT seq, at FROM requests WHERE seq > @after ORDER BY seq LIMIT @limit", new { after, limit }).ToList());

    public IReadOnlyList<SentWebhook> Webhooks(string? taskId, long after, int limit) => state.Read(db => db.Query<WebhookRow>(
        """
        SELECT seq, task_id AS taskId, about, sort, state, attempts, answer, due_at AS dueAt, ended_at AS endedAt
        FROM webhooks WHERE (@taskId IS NULL OR task_id = @taskId) AND seq > @after ORDER BY seq LIMIT @limit
        """,
        new { taskId, after, limit }).Select(row => row.Webhook).ToList());

    public IReadOnlyList<RepeatedRef> Repeated() => state.Read(db => db.Query<(string Ref, string Kind, string Ids)>(
        """
        SELECT ref, kind, group_concat(id, ' ') FROM (SELECT ref, kind, id FROM tasks WHERE ref IS NOT NULL ORDER BY seq)
        GROUP BY ref, kind HAVING count(*) > 1 ORDER BY ref, kind LIMIT 1000
        """).Select(row => new RepeatedRef(row.Ref, row.Kind, row.Ids.Split(' '))).ToList());

    public LedgerTotals Totals() => state.Read(db => new LedgerTotals
    {
        Requests = db.QuerySingle<long>("SELECT count(*) FROM requests"),
        CreateAttempts = db.QuerySingle<long>("SELECT count(*) FROM requests WHERE creates = 1"),
        Tasks = db.QuerySingle<long>("SELECT count(*) FROM tasks"),
        TasksByState = Count("SELECT status, count(*) FROM tasks GROUP BY 1"),
        CreatesByAnswer = Count("SELECT coalesce(answer, 'none'), count(*) FROM requests WHERE creates = 1 GROUP BY 1"),
        Faults = Count("SELECT fault, count(*) FROM requests WHERE fault IS NOT NULL GROUP BY 1"),
        Webhooks = Count("SELECT state, count(*) FROM webhooks GROUP BY 1"),
    });

    private Dictionary<string, long> Count(string sql) => state.Read(db =>
        db.Query<(string Name, long Count)>(sql).ToDictionary(row => row.Name, row => row.Count));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record Row(
        long Seq, long At, string Method, string Path, string? IdempotencyKey, string? Ref, string? Kind, string? Source, long? Answer, string? Fault, string? TaskId)
    {
        public LedgerEntry Entry => new()
        {
            Seq = Seq,
            At = Time(At),
            Method = Method,
            Path = Path,
            IdempotencyKey = IdempotencyKey,
            Ref = Ref,
            Kind = Kind,
            Source = Source,
            Answer = (int?)Answer,
            Fault = Fault,
            TaskId = TaskId,
        };
    }

    private sealed record WebhookRow(long Seq, string TaskId, string About, string Sort, string State, long Attempts, long? Answer, long DueAt, long? EndedAt)
    {
        public SentWebhook Webhook => new()
        {
            Seq = Seq,
            TaskId = TaskId,
            About = About,
            Sort = Sort,
            State = State,
            Attempts = Attempts,
            Answer = (int?)Answer,
            DueAt = Time(DueAt),
            EndedAt = EndedAt is { } ended ? Time(ended) : null,
        };
    }
}

/// <param name="At">Unix milliseconds.</param>
internal sealed record RequestTime(long Seq, long At);
