namespace Podcast.Batch.Data;

/// <summary>The row that shows others who holds the lease on a table, and since when.</summary>
internal sealed record LeaseRow
{
    public string? RunId { get; init; }

    public string? Host { get; init; }

    public long? Pid { get; init; }

    public long? Started { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Heartbeat { get; init; }

    /// <summary>The interval between two heartbeats.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>A runner without a heartbeat for this long counts as dead, even on another host.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public bool IsHeld => RunId is not null;

    public Runner Holder => new(RunId ?? "", Host ?? "?", (int)(Pid ?? 0), Started ?? 0);

    public static async Task<LeaseRow?> Read(DbConnection connection, TableShape table) =>
        await connection.QuerySingleOrDefaultAsync<LeaseRow>(
            $"""
            SELECT run_id AS "RunId", host AS "Host", pid AS "Pid", started AS "Started", since AS "Since", heartbeat AS "Heartbeat"
            FROM {table.Schema}podcast_batch_runs WHERE table_name = @Key
            """,
            new { table.Key });

    /// <summary>
    /// Writes the new holder if <paramref name="condition"/> holds for the stored row. Returns the number of rows changed.
    /// </summary>
    public static Task<int> Write(DbConnection connection, TableShape table, Runner runner, DateTimeOffset now, string condition, object? seen) =>
        connection.ExecuteAsync(
            $"""
            UPDATE {table.Schema}podcast_batch_runs
            SET run_id = @RunId, host = @Host, pid = @Pid, started = @Started, since = @now, heartbeat = @now
            WHERE table_name = @Key AND ({condition})
            """,
            new { table.Key, runner.RunId, runner.Host, runner.Pid, runner.Started, now = now.ToUnixTimeMilliseconds(), seen });

    /// <summary>Renews the heartbeat. Returns 1 while the row still names this runner, else 0.</summary>
    public static Task<int> SayAlive(DbConnection connection, TableShape table, Runner runner, DateTimeOffset now) =>
        connection.ExecuteAsync(
            $"UPDATE {table.Schema}podcast_batch_runs SET heartbeat = @now WHERE table_name = @Key AND run_id = @RunId",
            new { table.Key, runner.RunId, now = now.ToUnixTimeMilliseconds() });

    public static Task<int> GiveBack(DbConnection connection, TableShape table, Runner runner) =>
        connection.ExecuteAsync(
            $"UPDATE {table.Schema}podcast_batch_runs SET run_id = NULL WHERE table_name = @Key AND run_id = @RunId",
            new { table.Key, runner.RunId });

    public UsageException Refusal(TableShape table) => new(
        $"Another run works on {table.Key}: host {Host ?? "unknown"}, pid {Pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}, since {Words(Times.OfMilliseconds(Since))}.",
        ExitCodes.Busy);

    private static string Words(DateTimeOffset? time) => time is { } known ? Times.Text(known) + " UTC" : "just now";
}
