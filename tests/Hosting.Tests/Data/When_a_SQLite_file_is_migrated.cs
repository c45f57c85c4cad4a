using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Hosting.Data;
using Podcast.Hosting.Startup;
using Podcast.Hosting.Tests.Sample;

namespace Podcast.Hosting.Tests.Data;

public sealed class When_a_SQLite_file_is_migrated : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        directory.Dispose();
    }

    [Fact]
    public async Task a_host_does_it_when_it_starts()
    {
        await using var host = Build();

        await host.Start();

        (await Applied(host)).ShouldBe(["20260101000000_Greetings", "20260102000000_Nothing"]);
    }

    [Fact]
    public async Task the_verb_does_it_and_says_so()
    {
        using var process = SampleProcess.Start(["migrate"], ("Data__Directory", directory.Path));

        (await process.ExitCode()).ShouldBe(0, string.Join('\n', process.Errors));
        process.Output[^1].ShouldBe("Podcast.Hosting.Tests: 2 migration(s) applied to 1 database(s), exchanges and queues declared.");
    }

    [Fact]
    public async Task twice_is_no_more_than_once()
    {
        await using (var first = Build())
            (await first.Run("migrate")).ShouldBe(0);
        await using var second = Build();

        (await second.Services.GetRequiredService<Migrator>().Migrate(Sample, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task many_at_once_come_one_after_the_other()
    {
        await using var host = Build();
        var migrator = host.Services.GetRequiredService<Migrator>();

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => migrator.Migrate(Sample, default))));

        applied.Select(names => names.Count).Order().ShouldBe([0, 0, 0, 0, 0, 0, 0, 2]);
    }

    [Fact]
    public async Task killed_migration_does_not_hold_up_the_next()
    {
        using (var killed = SampleProcess.Start(["migrate"], ("Data__Directory", directory.Path), ("SAMPLE_SLOW_MIGRATION", "1")))
        {
            await Eventually.Holds(() => HasLockRow(), "EF Core's own lock", TimeSpan.FromMinutes(1));
            killed.Kill();
            await killed.ExitCode();
        }

        HasLockRow().ShouldBeTrue("or this test shows nothing");
        await using var next = Build();

        await next.Start();

        (await Applied(next)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task one_that_cannot_get_at_it_says_so_in_time()
    {
        await using var other = File.Open(directory["sample.db.migrating"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var host = Build(new KeyValuePair<string, string?>("Data:StartTimeout", "00:00:00.500"));

        var refused = await Should.ThrowAsync<StartupException>(host.Start);

        refused.Message.ShouldBe("The database sample was not ready after 00:00:00.5000000: it did not answer, or another migrator is at work on it.");
    }

    [Fact]
    public async Task a_host_may_be_told_to_leave_it_alone()
    {
        await using var host = Build(new("Data:MigrateOnStart", "false"), new("Data:StartTimeout", "00:00:01"));
        await host.Services.GetRequiredService<Migrator>().Missing(Sample, default); // the first question takes its time

        var refused = await Should.ThrowAsync<StartupException>(host.Start);

        refused.Message.ShouldBe(
            "The database sample was not ready after 00:00:01: 2 migration(s) not applied: run the host with `migrate`.");
    }

    private static OwnedDatabase Sample => new(SampleDb.Owner, typeof(SampleDb));

    private SampleHost Build(params KeyValuePair<string, string?>[] settings) =>
        SampleHost.Build(settings: [new("Data:Directory", directory.Path), .. settings]);

    private static async Task<IReadOnlyList<string>> Applied(SampleHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return [.. await scope.ServiceProvider.GetRequiredService<SampleDb>().Database.GetAppliedMigrationsAsync()];
    }

    private bool HasLockRow()
    {
        if (!File.Exists(directory["sample.db"]))
            return false;

        using var connection = new SqliteConnection($"Data Source={directory["sample.db"]};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)command.ExecuteScalar()! == 0)
            return false;
        command.CommandText = """SELECT count(*) FROM "__EFMigrationsLock" """;
        return (long)command.ExecuteScalar()! > 0;
    }
}
