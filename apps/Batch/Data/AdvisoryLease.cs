using System.Buffers.Binary;
using System.Security.Cryptography;
using Npgsql;

namespace Podcast.Batch.Data;

/// <summary>
/// A session-level PostgreSQL advisory lock, which is released when its process ends, however it ends. The row only shows the
/// holder to others.
/// </summary>
internal sealed class AdvisoryLease : ILease
{
    private readonly NpgsqlConnection session;
    private readonly TableShape table;
    private readonly Runner runner;
    private readonly TimeProvider clock;
    private readonly Heartbeat heartbeat;

    private AdvisoryLease(NpgsqlConnection session, TableShape table, Runner runner, TimeProvider clock)
    {
        (this.session, this.table, this.runner, this.clock) = (session, table, runner, clock);
        heartbeat = new Heartbeat(_ => IsOurs(), clock);
    }

    public CancellationToken Lost => heartbeat.Lost;

    public static async Task<AdvisoryLease> Take(
        string connectionString, TableShape table, Runner runner, TimeProvider clock, CancellationToken cancellationToken)
    {
        // The lock belongs to the session, so its connection must not come from the pool.
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString);
        try
        {
            await session.OpenAsync(cancellationToken);
            if (!await session.ExecuteScalarAsync<bool>("SELECT pg_try_advisory_lock(@key)", new { key = KeyOf(table) }))
                throw (await LeaseRow.Read(session, table) ?? new LeaseRow()).Refusal(table);

            await LeaseRow.Write(session, table, runner, clock.GetUtcNow(), "true", null);
            return new AdvisoryLease(session, table, runner, clock);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await heartbeat.DisposeAsync();
        try
        {
            if (!Lost.IsCancellationRequested)
                await LeaseRow.GiveBack(session, table, runner);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The row keeps our name, but the lock itself is released with the session.
        }

        await session.DisposeAsync();
    }

    private static long KeyOf(TableShape table) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"podcast-batch/{table.Key}")));

    private async Task<bool> IsOurs()
    {
        try
        {
            await LeaseRow.SayAlive(session, table, runner, clock.GetUtcNow());
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            return false; // the session was lost, and the lock with it
        }
    }
}
