namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Stores all tasks, queues those that are to be run, and keeps the idempotency keys of their creations.</summary>
internal sealed class TaskStore(StateFile state)
{
    public const string Parked = "parked";
    public const string Done = "done";

    private const string Document = "json_set(document, '$.Number', seq)";
    private const string Matches = "(@kind IS NULL OR kind = @kind) AND (@status IS NULL OR status = @status) AND run <> 'lost'";

    public EmulatedTask Add(EmulatedTask task, WorkLane lane) => task with
    {
        Number = state.Single<long>(
            """
            INSERT INTO tasks (id, kind, status, ref, run, lane, document)
            VALUES (@Id, @Kind, @Status, @Ref, @Run, @Lane, @Document) RETURNING seq
            """,
            new
            {
                task.Id,
                task.Kind,
                task.Ref,
                Status = task.State.ToString(),
                Run = task.Fate.Lost ? "lost" : "queued",
                Lane = lane.ToString(),
                Document = StateFile.Write(task),
            }),
    };

    public EmulatedTask? Find(string id) => state.Document<EmulatedTask>($"SELECT {Document} FROM tasks WHERE id = @id", new { id });

    public EmulatedTask? Newest(string kind) =>
        state.Document<EmulatedTask>($"SELECT {Document} FROM tasks WHERE kind = @kind ORDER BY seq DESC LIMIT 1", new { kind });

    /// <summary>Newest first.</summary>
    public List<EmulatedTask> List(string? kind, TaskState? status, Paging page) => state.Documents<EmulatedTask>(
        $"SELECT {Document} FROM tasks WHERE {Matches} ORDER BY seq DESC LIMIT @Limit OFFSET @Offset",
        new { kind, status = status?.ToString(), page.Limit, page.Offset });

    public long Count(string? kind, TaskState? status) =>
        state.Single<long>($"SELECT count(*) FROM tasks WHERE {Matches}", new { kind, status = status?.ToString() });

    public long LastNumber() => state.Single<long>("SELECT coalesce(max(seq), 0) FROM tasks");

    /// <summary>Claims the oldest queued task of a lane.</summary>
    public EmulatedTask? Claim(WorkLane lane) => state.Document<EmulatedTask>(
        $"""
        UPDATE tasks SET run = 'running'
        WHERE seq = (SELECT seq FROM tasks WHERE lane = @lane AND run = 'queued' ORDER BY seq LIMIT 1) RETURNING {Document}
        """,
        new { lane = lane.ToString() });

    /// <summary>Saves the changed task; <paramref name="run"/> moves it to another queue state.</summary>
    public void Save(EmulatedTask task, string? run = null) => state.Execute(
        "UPDATE tasks SET status = @Status, document = @Document, run = coalesce(@run, run) WHERE seq = @Number",
        new { task.Number, Status = task.State.ToString(), Document = StateFile.Write(task), run });

    /// <summary>
    /// Queues the tasks that a crash interrupted, and assigns the queued tasks of a kind to the lane of the tools that are
    /// installed now.
    /// </summary>
    public void Requeue(string kind, WorkLane lane) => state.Execute(
        "UPDATE tasks SET run = 'queued', lane = @lane WHERE run IN ('queued', 'running') AND kind = @kind",
        new { kind, lane = lane.ToString() });

    /// <summary>The task that was created with that key after that time.</summary>
    public string? FindByKey(string key, DateTimeOffset after) => state.Single<string>(
        "SELECT task_id FROM idempotency_keys WHERE key = @key AND at > @after", new { key, after = after.ToUnixTimeMilliseconds() });

    public void KeepKey(string key, EmulatedTask task) => state.Execute(
        "INSERT OR REPLACE INTO idempotency_keys (key, at, task_id) VALUES (@key, @at, @Id)",
        new { key, task.Id, at = task.Created.ToUnixTimeMilliseconds() });
}

/// <summary>
/// Separate queues for real and simulated tasks. Real tasks need a CPU core and simulated ones only time, so neither should wait
/// for the other.
/// </summary>
internal enum WorkLane
{
    Real,
    Simulated,
}
