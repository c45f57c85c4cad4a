namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Stores all tasks, and queues those that are to be run.</summary>
internal sealed class TaskStore(StateFile state)
{
    public EmulatedTask Add(EmulatedTask task, WorkLane lane) => state.Change(db => task with
    {
        Number = db.QuerySingle<long>(
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
                Run = task.Fate.Lost ? Run.Lost : Run.Queued,
                Lane = lane.ToString(),
                Document = Write(task),
            }),
    });

    public EmulatedTask? Find(string id) => state.Read(db =>
        Read(db.QuerySingleOrDefault<Row>("SELECT seq, document FROM tasks WHERE id = @id", new { id })));

    public EmulatedTask? Newest(string kind) => state.Read(db =>
        Read(db.QueryFirstOrDefault<Row>("SELECT seq, document FROM tasks WHERE kind = @kind ORDER BY seq DESC LIMIT 1", new { kind })));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<EmulatedTask> List(string? kind, TaskState? status, int offset, int limit) => state.Read(db =>
        db.Query<Row>(
            """
            SELECT seq, document FROM tasks
            WHERE (@kind IS NULL OR kind = @kind) AND (@status IS NULL OR status = @status) AND run <> 'lost'
            ORDER BY seq DESC LIMIT @limit OFFSET @offset
            """,
            new { kind, status = status?.ToString(), limit, offset }).Select(row => Read(row)!).ToList());

    public long Count(string? kind, TaskState? status) => state.Read(db => db.QuerySingle<long>(
        "SELECT count(*) FROM tasks WHERE (@kind IS NULL OR kind = @kind) AND (@status IS NULL OR status = @status) AND run <> 'lost'",
        new { kind, status = status?.ToString() }));

    public long LastNumber() => state.Read(db => db.QuerySingle<long>("SELECT coalesce(max(seq), 0) FROM tasks"));

    /// <summary>Claims the oldest queued task of a lane.</summary>
    public EmulatedTask? Claim(WorkLane lane) => state.Change(db => Read(db.QuerySingleOrDefault<Row>(
        """
        UPDATE tasks SET run = 'running'
        WHERE seq = (SELECT seq FROM tasks WHERE lane = @lane AND run = 'queued' ORDER BY seq LIMIT 1) RETURNING seq, document
        """,
        new { lane = lane.ToString() })));

    /// <summary>Saves the changed task; <paramref name="run"/> moves it to another queue state.</summary>
    public void Save(EmulatedTask task, string? run = null) => state.Change(db => db.Execute(
        "UPDATE tasks SET status = @Status, document = @Document, run = coalesce(@run, run) WHERE seq = @Number",
        new { task.Number, Status = task.State.ToString(), Document = Write(task), run }));

    /// <summary>
    /// Queues the tasks that a crash interrupted, and assigns all queued tasks to lanes by the tools that are installed now.
    /// </summary>
    public void Requeue(Func<string, WorkLane> laneOf) => state.Change(db =>
    {
        db.Execute("UPDATE tasks SET run = 'queued' WHERE run = 'running'");
        return TaskKinds.All.Sum(kind => db.Execute(
            "UPDATE tasks SET lane = @lane WHERE run = 'queued' AND kind = @kind", new { kind, lane = laneOf(kind).ToString() }));
    });

    private static string Write(EmulatedTask task) => JsonSerializer.Serialize(task, StateFile.Json);

    private static EmulatedTask? Read(Row? row) =>
        row is null ? null : JsonSerializer.Deserialize<EmulatedTask>(row.Document, StateFile.Json)! with { Number = row.Seq };

    internal static class Run
    {
        public const string Queued = "queued";
        public const string Lost = "lost";
        public const string Parked = "parked";
        public const string Done = "done";
    }

    private sealed record Row(long Seq, string Document);
}
