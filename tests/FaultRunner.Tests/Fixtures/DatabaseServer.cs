using Npgsql;
using Podcast.FaultRunner.Staging;

namespace Podcast.FaultRunner.Tests.Fixtures;

/// <summary>What an administrator, or bad luck, does to the fleet's database.</summary>
internal sealed class DatabaseServer(Site site)
{
    private string Backup => $"{site.Name}_backup";

    /// <summary>Every statement that writes rows ends as it does when the data's disk is full.</summary>
    public async Task IsFull()
    {
        await Writing("RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'");
        await On(site.Database,
            """
            DO $$ DECLARE t record; BEGIN
                FOR t IN SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LOOP
                    EXECUTE format('CREATE OR REPLACE TRIGGER room BEFORE INSERT OR UPDATE ON %I.%I EXECUTE FUNCTION public.room()', t.schemaname, t.tablename);
                    COMMIT; -- or it would lock all tables, against everybody who locks some
                END LOOP;
            END $$
            """);
    }

    public Task HasRoom() => Writing("RETURN NULL");

    /// <summary>Keeps it as it is now, and ends the sessions that killed processes have left.</summary>
    public async Task Keep()
    {
        const int Patience = 30_000; // milliseconds, for one session
        await On(
            site.Servers.Postgres.ConnectionString,
            $"SELECT pg_terminate_backend(pid, {Patience}) FROM pg_stat_activity WHERE datname = '{site.Name}'");
        await On(site.Servers.Postgres.ConnectionString, $"CREATE DATABASE {Backup} TEMPLATE {site.Name}");
    }

    /// <summary>Makes it again what it was. Nobody may be connected.</summary>
    public async Task Restore()
    {
        await On(site.Servers.Postgres.ConnectionString, $"DROP DATABASE {site.Name} WITH (FORCE)");
        await On(site.Servers.Postgres.ConnectionString, $"CREATE DATABASE {site.Name} TEMPLATE {Backup} OWNER {site.Name}");
    }

    private Task Writing(string answer) => On(site.Database,
        $"CREATE OR REPLACE FUNCTION public.room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {answer}; END $$");

    private static async Task On(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // constants, and names of ours
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
