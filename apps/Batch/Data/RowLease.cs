namespace Podcast.Batch.Data;

/// <summary>The lease on SQLite, which has no locks that end with their process: a row with a heartbeat.</summary>
internal sealed class RowLease : ILease
{
    private readonly SqliteDatabase database;
    private readonly TableShape table;
    private readonly Runner runner;
    private readonly TimeProvider clock;
    private readonly Heartbeat heartbeat;
    private long last;

    private RowLease(SqliteDatabase database, TableShape table, Runner runner, TimeProvider clock)
    {
        (this.database, this.table, this.runner, this.clock) = (database, table, runner, clock);
        last = clock.GetTimestamp();
        heartbeat = new Heartbeat(IsOurs, clock);
    }

    public CancellationToken Lost => heartbeat.Lost;

    public static async Task<RowLease> Take(
        SqliteDatabase database, TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken)
    {
        var row = await database.Use(connection => LeaseRow.Read(connection, table), cancellationToken);
        var now = clock.GetUtcNow();
        if (row is { IsHeld: true } && !row.Holder.IsGone() && now - Times.OfMilliseconds(row.Heartbeat) < LeaseRow.Silence)
            throw row.Refusal(table);

        // Two processes may find the same dead holder. The condition on the holder lets only the first one's update succeed.
        var taken = await database.Use(
            connection => LeaseRow.Write(
                connection, table, runner, now, row?.RunId is null ? "run_id IS NULL" : "run_id = @seen", row?.RunId),
            cancellationToken);
        if (taken == 0)
            throw (await database.Use(connection => LeaseRow.Read(connection, table), cancellationToken) ?? row!).Refusal(table);

        return new RowLease(database, table, runner, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await heartbeat.DisposeAsync();
        if (!Lost.IsCancellationRequested)
            await database.Use(connection => LeaseRow.GiveBack(connection, table, runner), CancellationToken.None);
    }

    private async Task<bool> IsOurs(CancellationToken cancellationToken)
    {
        try
        {
            if (await database.Use(connection => LeaseRow.SayAlive(connection, table, runner, clock.GetUtcNow()), cancellationToken) != 1)
                return false;
            last = clock.GetTimestamp();
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A runner that cannot renew its lease in time must assume that another one took it over.
            return clock.GetElapsedTime(last) <= LeaseRow.Silence - LeaseRow.Beat;
        }
    }
}
