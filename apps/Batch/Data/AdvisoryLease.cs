using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Podcast.Batch.Data;

/// <summary>PostgreSQL's advisory lock of a session: it ends with its owner, however that ends. The row only says who it is.</summary>
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
        // A connection of its own, outside the pool: what locks must not be lent to others.
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
            // The row keeps our name; the lock, which is what counts, is free all the same.
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
            return false; // the session is gone, and the lock with it
        }
    }
}
