using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Podcast.Hosting.Data;
using Podcast.Hosting.Startup;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Data;

public sealed class When_PostgreSQL_is_migrated : IAsyncLifetime
{
    private PostgresDatabase database = null!;

    public async Task InitializeAsync() => database = await PostgresServer.CreateDatabase();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task the_verb_makes_schema_and_tables()
    {
        await using var host = Build(database.ConnectionString);

        (await host.Run("migrate")).ShouldBe(0);

        (await Query("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'sample'"))
            .ShouldBe("__migrations greetings");
    }

    [Fact]
    public async Task a_host_waits_until_it_is()
    {
        await using var host = Build(database.ConnectionString);
        var starting = host.Start();
        starting.IsCompleted.ShouldBeFalse();

        await using (var migrator = Build(database.ConnectionString))
            (await migrator.Run("migrate")).ShouldBe(0);

        await starting;
        await host.IsReady();
    }

    [Fact]
    public async Task a_host_does_not_wait_for_ever()
    {
        await using var host = Build(database.ConnectionString, new KeyValuePair<string, string?>("Data:StartTimeout", "00:00:02"));

        var refused = await Should.ThrowAsync<StartupException>(host.Start);

        refused.Message.ShouldBe("The database sample was not ready after 00:00:02: 2 migration(s) not applied: run the host with `migrate`.");
    }

    [Fact]
    public async Task many_at_once_come_one_after_the_other()
    {
        await using var host = Build(database.ConnectionString);
        var migrator = host.Services.GetRequiredService<Migrator>();

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => migrator.Migrate(Sample, default))));

        applied.Select(names => names.Count).Order().ShouldBe([0, 0, 0, 0, 0, 0, 0, 2]);
    }

    [Fact]
    public async Task killed_migration_does_not_hold_up_the_next()
    {
        using (var killed = SampleProcess.Start(
            ["migrate"], ("ConnectionStrings__sample", database.ConnectionString), ("SAMPLE_SLOW_MIGRATION", "1")))
        {
            await Eventually.Holds(
                async () => await Query("SELECT count(*)::text FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(300)%' AND datname = current_database()") == "1",
                "the long statement", TimeSpan.FromMinutes(1));
            killed.Kill();
            await killed.ExitCode();
        }

        await using var next = Build(database.ConnectionString, new KeyValuePair<string, string?>("Data:MigrateTimeout", "00:01:00"));

        (await next.Run("migrate")).ShouldBe(0);
        (await Query("SELECT count(*)::text FROM sample.__migrations")).ShouldBe("2");
    }

    [Fact]
    public async Task a_session_is_given_back_as_it_was()
    {
        await using var host = Build(database.ConnectionString + ";No Reset On Close=true;Maximum Pool Size=1");
        (await host.Services.GetRequiredService<Migrator>().Migrate(Sample, default)).Count.ShouldBe(2);

        await using var scope = host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<SampleDb>().Database;
        (await session.SqlQuery<string>($"SELECT current_setting('client_connection_check_interval') AS \"Value\"").SingleAsync()).ShouldBe("0");
        (await session.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()").SingleAsync())
            .ShouldBe(0);
    }

    [Theory]
    [InlineData("Port=1", "PostgreSQL does not answer (ConnectionRefused)", "was not ready after 00:00:05")]
    [InlineData("Database=nowhere", "PostgreSQL refuses (3D000: there is no such database): database \"nowhere\" does not exist", "cannot be used")]
    public async Task what_is_in_the_way_is_told_without_secrets(string fault, string why, string what)
    {
        var connection = new NpgsqlConnectionStringBuilder($"{database.ConnectionString};{fault}");
        connection.Password ??= "s3cret"; // where the server wants none
        using var process = SampleProcess.Start(
            ["migrate"], ("ConnectionStrings__sample", connection.ConnectionString), ("Data__MigrateTimeout", "00:00:05"));

        (await process.ExitCode()).ShouldBe(1);
        process.Errors.ShouldHaveSingleItem().ShouldBe($"Podcast.Hosting.Tests: The database sample {what}: {why}.");
    }

    [Fact]
    public async Task readiness_tells_when_it_goes_away()
    {
        using var line = new TcpProxy(new("127.0.0.1", new NpgsqlConnectionStringBuilder(database.ConnectionString).Port));
        await using (var migrator = Build(database.ConnectionString))
            await migrator.Run("migrate");
        await using var host = Build(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = line.Port }.ConnectionString);
        await host.Start();
        await host.IsReady();

        line.Cut();

        var (status, report) = await host.Health("ready");
        status.ShouldBe(503);
        report.GetProperty("checks").GetProperty("database sample").GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        (await host.Health("live")).Status.ShouldBe(200);
        line.Mend();
        await host.IsReady();
    }

    private static OwnedDatabase Sample => new(SampleDb.Owner, typeof(SampleDb));

    private static SampleHost Build(string connectionString, params KeyValuePair<string, string?>[] settings) =>
        SampleHost.Build(settings: [new("ConnectionStrings:sample", connectionString), .. settings]);

    private async Task<string?> Query(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync();
    }
}
