using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podcast.Hosting.Data;
using Podcast.Hosting.Tests.Sample;
using Migration = Microsoft.EntityFrameworkCore.Migrations.Migration;

namespace Podcast.Hosting.Tests.Data;

public sealed class When_a_host_has_several_databases
{
    private static readonly Barrier Both = new(2);

    [Fact]
    public async Task they_are_started_at_the_same_time()
    {
        await using var host = Build();

        await host.Services.GetRequiredService<DatabaseStart>().Ready(CancellationToken.None);
    }

    [Fact]
    public async Task their_start_may_begin_before_that_of_the_host()
    {
        using var directory = new TemporaryDirectory();
        await using var host = SampleHost.Build(settings: new KeyValuePair<string, string?>("Data:Directory", directory.Path));
        await using var scope = host.Services.CreateAsyncScope();
        var sample = scope.ServiceProvider.GetRequiredService<SampleDb>().Database;

        host.Services.GetRequiredService<IHost>().BeginDatabaseStart();

        await Eventually.Holds(
            async () => !(await sample.GetPendingMigrationsAsync()).Any(), "the database is migrated");
        await host.Services.GetRequiredService<DatabaseStart>().Ready(CancellationToken.None);
    }

    [Fact]
    public async Task start_that_another_began_need_not_be_waited_for()
    {
        using var directory = new TemporaryDirectory();
        await using var locked = File.Open(directory["sample.db.migrating"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var host = SampleHost.Build(
            settings: [new("Data:Directory", directory.Path), new("Data:StartTimeout", "00:00:05")]);
        host.Services.GetRequiredService<IHost>().BeginDatabaseStart();
        using var stop = new CancellationTokenSource();

        var waiting = host.Services.GetRequiredService<DatabaseStart>().StartingAsync(stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    private static SampleHost Build() => SampleHost.Build(bus =>
    {
        bus.AddOwnedDbContext<One>("one");
        bus.AddOwnedDbContext<Other>("other");
    });

    private sealed class One(DbContextOptions<One> options) : DbContext(options);

    private sealed class Other(DbContextOptions<Other> options) : DbContext(options);

    /// <summary>Waits until the other database is being migrated, too.</summary>
    private abstract class Meeting : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            Both.SignalAndWait(TimeSpan.FromMinutes(1)).ShouldBeTrue("one database waits for the other");
    }

    [DbContext(typeof(One))]
    [Migration("20260101000000_Meeting")]
    private sealed class MeetingOfOne : Meeting;

    [DbContext(typeof(Other))]
    [Migration("20260101000000_Meeting")]
    private sealed class MeetingOfOther : Meeting;
}
