using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Compat.Tests;

public sealed class When_a_row_is_locked
{
    private static readonly PostgresLockStatementProvider Postgres = new();
    private static readonly SqliteLockStatementProvider Sqlite = new();

    [Fact]
    public void postgres_selects_xmin_and_waits_for_the_row() =>
        Postgres.GetRowLockStatement<Tally>(new OneMapping(Npgsql()))
            .ShouldBe("""SELECT *, xmin FROM one."Tally 1" WHERE "CorrelationId" = @p0 FOR UPDATE""");

    [Fact]
    public void sqlite_only_selects() =>
        Sqlite.GetRowLockStatement<Tally>(new OneMapping(new DbContextOptionsBuilder().UseSqlite().Options))
            .ShouldBe("""SELECT * FROM "Tally 1" WHERE "CorrelationId" = @p0""");

    [Fact]
    public void any_columns_can_be_asked_for() =>
        Postgres.GetRowLockStatement<Tally>(new OneMapping(Npgsql()), nameof(Tally.Group), nameof(Tally.Count))
            .ShouldBe("""SELECT *, xmin FROM one."Tally 1" WHERE "group" = @p0 AND "Count" = @p1 FOR UPDATE""");

    [Fact]
    public void one_type_in_two_contexts_is_two_tables()
    {
        Postgres.GetRowLockStatement<Tally>(new OneMapping(Npgsql())).ShouldContain("Tally 1");
        Postgres.GetRowLockStatement<Tally>(new OtherMapping(Npgsql())).ShouldContain("FROM tally_2 ");
    }

    [Fact]
    public void a_schema_can_be_given_for_tables_that_have_none() =>
        new PostgresLockStatementProvider("fallback").GetRowLockStatement<Tally>(new OtherMapping(Npgsql())).ShouldContain("FROM fallback.tally_2 ");

    [Fact]
    public void a_type_outside_of_the_model_is_named() =>
        Should.Throw<InvalidOperationException>(() => Postgres.GetRowLockStatement<Receipt>(new OneMapping(Npgsql())))
            .Message.ShouldContain(nameof(Receipt));

    private static DbContextOptions Npgsql() => new DbContextOptionsBuilder().UseNpgsql("Host=nowhere").Options;

    private sealed class OneMapping(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            new TallyMap().Configure(modelBuilder);
            modelBuilder.Entity<Tally>().ToTable("Tally 1", "one");
        }
    }

    private sealed class OtherMapping(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            new TallyMap().Configure(modelBuilder);
            modelBuilder.Entity<Tally>().ToTable("tally_2");
        }
    }
}
