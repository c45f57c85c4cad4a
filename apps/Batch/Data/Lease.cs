using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Podcast.Batch.Data;

/// <summary>
/// Lets only one run work on a table at a time. On PostgreSQL it is an advisory lock of a session, which ends with its process
/// however that ends; the row only shows the holder to others. SQLite has no such locks: the row with its heartbeat is the lease.
/// </summary>
internal sealed class Lease(Backlog backlog, Runner runner, DbConnection? session) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource lost = new();
    private readonly PeriodicTimer timer = new(Beat, backlog.Clock);
    private Task beating = Task.CompletedTask;
    private long renewed;

    /// <summary>Cancelled when the lease is lost; the run must then stop at once.</summary>
    public CancellationToken Lost => lost.Token;

    /// <exception cref="UsageException">Another run holds the lease.</exception>
    public static async Task<Lease> Take(Backlog backlog, Runner runner, CancellationToken cancellationToken)
    {
        var lease = new Lease(backlog, runner, await backlog.Database.OpenSession(cancellationToken));
        try
        {
            if (!await lease.TryTake())
                throw (await lease.Read()).Refusal(backlog.Table);
            lease.beating = lease.BeatUntilReleased();
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await beating;
        try
        {
            if (!lost.IsCancellationRequested)
                await Update("run_id = NULL", "run_id = @RunId");
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The row keeps our name; the lease is free all the same, because this process ends.
        }

        if (session is not null)
            await session.DisposeAsync();
        lost.Dispose();
    }

    private async Task<bool> TryTake()
    {
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"podcast-batch/{backlog.Table.Key}")));
        if (session is not null && !await session.ExecuteScalarAsync<bool>("SELECT pg_try_advisory_lock(@key)", new { key }))
            return false;

        var row = await Read();
        if (session is null && row.IsAlive(backlog.Clock.GetUtcNow()))
            return false;

        // Two processes may find the same dead holder. The condition lets only the first one's update succeed.
        renewed = backlog.Clock.GetTimestamp();
        return await Update(
            "run_id = @RunId, host = @Host, pid = @Pid, started = @Started, since = @now, heartbeat = @now",
            "coalesce(run_id, '') = @seen",
            row.RunId ?? "") == 1;
    }

    private async Task BeatUntilReleased()
    {
        while (!lost.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            if (!await IsOurs())
                await lost.CancelAsync();
        }
    }

    private async Task<bool> IsOurs()
    {
        try
        {
            if (await Update("heartbeat = @now", "run_id = @RunId") == 0 && session is null)
                return false;
            renewed = backlog.Clock.GetTimestamp();
            return true;
        }
        catch (Exception)
        {
            // A lost session has lost its lock. Without one, another runner takes over after the silence.
            return session is null && backlog.Clock.GetElapsedTime(renewed) <= LeaseRow.Silence - Beat;
        }
    }

    private async Task<LeaseRow> Read() => await Use(connection => LeaseRow.Read(connection, backlog.Table)) ?? new LeaseRow();

    private Task<int> Update(string set, string condition, string? seen = null) => Use(connection => connection.ExecuteAsync(
        $"UPDATE {backlog.Table.Runs} SET {set} WHERE table_name = @Key AND {condition}",
        new { backlog.Table.Key, runner.RunId, runner.Host, runner.Pid, runner.Started, now = backlog.Clock.GetUtcNow(), seen }));

    private Task<T> Use<T>(Func<DbConnection, Task<T>> work) =>
        session is null ? backlog.Database.Use(work, CancellationToken.None) : work(session);
}

/// <summary>The row that shows who holds the lease on a table, and since when.</summary>
/// <param name="RunId">Null when nobody holds it; the other values are then those of the last holder.</param>
[method: ExplicitConstructor]
internal sealed record LeaseRow(
    [property: JsonIgnore] string? RunId = null, string? Host = null, long? Pid = null, [property: JsonIgnore] long? Started = null,
    DateTimeOffset? Since = null, [property: JsonIgnore] DateTimeOffset? Heartbeat = null)
{
    /// <summary>A runner without a heartbeat for this long counts as dead, even on another host.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static Task<LeaseRow?> Read(DbConnection connection, TableShape table) => connection.QuerySingleOrDefaultAsync<LeaseRow>(
        $"SELECT run_id, host, pid, started, since, heartbeat FROM {table.Runs} WHERE table_name = @Key", new { table.Key });

    public bool IsAlive(DateTimeOffset now) =>
        RunId is not null && now - Heartbeat < Silence && !new Runner(RunId, Host ?? "?", (int)(Pid ?? 0), Started ?? 0).IsGone();

    public UsageException Refusal(TableShape table) => new(
        $"Another run works on {table.Key}: host {Host ?? "unknown"}, pid {Pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown"},"
        + $" since {(Since is { } time ? Times.Text(time) + " UTC" : "just now")}.",
        ExitCodes.Busy);
}
