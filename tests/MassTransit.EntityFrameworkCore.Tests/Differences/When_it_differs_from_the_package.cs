using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Podcast.Compat.Tests.Differences;

/// <summary>Where the stand-in does better than the package, or refuses what it does not have. Not compiled against the package.</summary>
public sealed class When_it_differs_from_the_package
{
    [Fact]
    public void one_type_in_two_contexts_is_two_tables()
    {
        var locks = new PostgresLockStatementProvider();
        locks.GetRowLockStatement<Shared>(new One(Npgsql())).ShouldContain("FROM shared_1 ");
        locks.GetRowLockStatement<Shared>(new Other(Npgsql())).ShouldContain("FROM shared_2 ");
    }

    [Theory]
    [InlineData(ConcurrencyMode.Pessimistic)]
    [InlineData(ConcurrencyMode.Optimistic)]
    public async Task sagas_that_match_an_event_are_handled_in_order_of_their_ids(ConcurrencyMode mode)
    {
        await using var tally = await TallyScenario.Start(r => r.ConcurrencyMode = mode);
        Guid[] ids = [.. Enumerable.Range(1, 5).Select(n => Guid.Parse($"{n}0000000-0000-0000-0000-000000000000"))];
        foreach (var id in ids.Reverse())
            await tally.Has(id, "ours");

        (await tally.Handle(new CountedTogether("ours"))).ShouldBeEmpty();

        tally.Meeting.Seen.ShouldBe(ids, "everybody locks in the same order");
    }

    [Fact]
    public void no_lock_statements_are_an_error_in_pessimistic_mode() =>
        Should.Throw<ConfigurationException>(() => new ServiceCollection().AddMassTransit(bus => bus
                .AddSagaStateMachine<TallyMachine, Tally>().EntityFrameworkRepository(r => r.ExistingDbContext<TallyContext>())))
            .Message.ShouldContain("LockStatementProvider");

    [Fact]
    public void an_outbox_that_nobody_implements_is_an_error() =>
        Outbox(_ => { }).Message.ShouldContain("IOutboxContextFactory<TallyContext>");

    [Fact]
    public void a_cleanup_that_nobody_does_is_an_error() =>
        Outbox(outbox => outbox.UsePostgres(), implemented: true).Message.ShouldContain("DisableInboxCleanupService");

    [Fact]
    public void a_delivery_that_nobody_does_is_an_error() =>
        Outbox(
            outbox =>
            {
                outbox.DisableInboxCleanupService();
                outbox.UseBusOutbox();
            },
            implemented: true).Message.ShouldContain("DisableDeliveryService");

    private static ConfigurationException Outbox(Action<IEntityFrameworkOutboxConfigurator> configure, bool implemented = false) =>
        Should.Throw<ConfigurationException>(() => new ServiceCollection().AddMassTransit(bus =>
        {
            if (implemented)
                bus.AddScoped(_ => NSubstitute.Substitute.For<MassTransit.Middleware.IOutboxContextFactory<TallyContext>>());
            bus.AddEntityFrameworkOutbox<TallyContext>(configure);
        }));

    private static DbContextOptions Npgsql() => new DbContextOptionsBuilder().UseNpgsql("Host=nowhere").Options;

    private sealed class Shared : ISaga
    {
        public Guid CorrelationId { get; set; }
    }

    private sealed class One(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Shared>().ToTable("shared_1").HasKey(x => x.CorrelationId);
    }

    private sealed class Other(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Shared>().ToTable("shared_2").HasKey(x => x.CorrelationId);
    }
}
