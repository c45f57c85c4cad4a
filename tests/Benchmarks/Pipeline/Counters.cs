using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Podcast.Benchmarks.Pipeline;

/// <summary>What the servers have counted since they were started.</summary>
internal sealed record Counters(double Statements, double Discards, double Transactions, double WalBytes, double WalSyncs, double Published, double Delivered)
{
    public static async Task<Counters> Read(NpgsqlConnection postgres, HttpClient management)
    {
        var statements = await Number(postgres, "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements");
        var discards = await Number(postgres, "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query ILIKE 'DISCARD%'");
        var transactions = await Number(postgres, "SELECT sum(xact_commit + xact_rollback) FROM pg_stat_database");
        var wal = await Number(postgres, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
        var syncs = await Number(postgres, "SELECT wal_sync FROM pg_stat_wal");
        var overview = await management.GetFromJsonAsync<JsonElement>("api/overview");
        var stats = overview.GetProperty("message_stats");
        return new Counters(statements, discards, transactions, wal, syncs, Stat(stats, "publish"), Stat(stats, "ack"));
    }

    /// <summary>The statements with the most executions, with their time and bytes of WAL, since <c>pg_stat_statements_reset</c>.</summary>
    public static async Task<IReadOnlyList<(double Calls, double Milliseconds, double Wal, string Query)>> Top(NpgsqlConnection postgres, int most)
    {
        await using var command = new NpgsqlCommand(
            "SELECT sum(calls)::float8, sum(total_exec_time)::float8, sum(wal_bytes)::float8, query FROM pg_stat_statements GROUP BY query ORDER BY 1 DESC LIMIT @most", postgres);
        command.Parameters.AddWithValue("most", most);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(double, double, double, string)>();
        while (await reader.ReadAsync())
            rows.Add((reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetString(3).ReplaceLineEndings(" ")));
        return rows;
    }

    /// <summary>
    /// Does what autovacuum does at some time in the first minutes: until then statements keep the plans that they got when the tables
    /// were empty, and runs would differ by chance.
    /// </summary>
    public static async Task Vacuum(NpgsqlConnection postgres)
    {
        await using var command = new NpgsqlCommand("VACUUM ANALYZE", postgres) { CommandTimeout = 1200 };
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<double> Number(NpgsqlConnection postgres, string query)
    {
#pragma warning disable CA2100 // the queries are ours
        await using var command = new NpgsqlCommand(query, postgres);
#pragma warning restore CA2100
        return Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Stat(JsonElement stats, string name) => stats.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}
