namespace Podcast.Batch.Data;

/// <summary>The lease where there are no locks that end with their owner: a row that must be kept alive.</summary>
internal sealed class RowLease : ILease
{
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource done = new();
    private readonly SqliteDatabase database;
    private readonly TableShape table;
    private readonly Runner runner;
    private readonly TimeProvider clock;
    private readonly Task beating;

    private RowLease(SqliteDatabase database, TableShape table, Runner runner, TimeProvider clock)
    {
        (this.database, this.table, this.runner, this.clock) = (database, table, runner, clock);
        Lost = lost.Token;
        beating = Beat();
    }

    public CancellationToken Lost { get; }

    public static async Task<RowLease> Take(
        SqliteDatabase database, TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken)
    {
        var row = await database.Use(connection => LeaseRow.Read(connection, table), cancellationToken);
        var now = clock.GetUtcNow();
        if (row is { IsHeld: true } && !row.Holder.IsGone() && now - Times.OfMilliseconds(row.Heartbeat) < LeaseRow.Silence)
            throw row.Refusal(table);

        // Two that see the same dead holder: one of them writes first, and what the other saw is no longer there.
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
        await done.CancelAsync();
        await beating;
        if (!lost.IsCancellationRequested)
            await database.Use(connection => LeaseRow.GiveBack(connection, table, runner), CancellationToken.None);
        done.Dispose();
        lost.Dispose();
    }

    private async Task Beat()
    {
        var last = clock.GetTimestamp();
        using var timer = new PeriodicTimer(LeaseRow.Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done.Token))
            {
                try
                {
                    if (await database.Use(connection => LeaseRow.SayAlive(connection, table, runner, clock.GetUtcNow()), done.Token) == 1)
                        last = clock.GetTimestamp();
                    else
                        await lost.CancelAsync();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Whoever does not get through in time must count with having been followed.
                    if (clock.GetElapsedTime(last) > LeaseRow.Silence - LeaseRow.Beat)
                        await lost.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }
}
