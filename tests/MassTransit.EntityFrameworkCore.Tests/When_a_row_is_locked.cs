using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Compat.Tests;

public sealed class When_a_row_is_locked
{
    private static readonly PostgresLockStatementProvider Postgres = new(enableSchemaCaching: false);
    private static readonly SqliteLockStatementProvider Sqlite = new(enableSchemaCaching: false);

    [Fact]
    public void postgres_selects_xmin_and_waits_for_the_row() =>
        Postgres.GetRowLockStatement<Tally>(new OneMapping(Npgsql()))
            .Replace("\"", "").ShouldBe("SELECT *, xmin FROM one.tally_1 WHERE CorrelationId = @p0 FOR UPDATE");

    [Fact]
    public void sqlite_only_selects() =>
        Sqlite.GetRowLockStatement<Tally>(new OneMapping(new DbContextOptionsBuilder().UseSqlite().Options))
            .Replace("\"", "").ShouldBe("SELECT * FROM tally_1 WHERE CorrelationId = @p0");

    [Fact]
    public void any_columns_can_be_asked_for() =>
        Postgres.GetRowLockStatement<Tally>(new OneMapping(Npgsql()), nameof(Tally.Group), nameof(Tally.Count))
            .Replace("\"", "").ShouldBe("SELECT *, xmin FROM one.tally_1 WHERE group = @p0 AND Count = @p1 FOR UPDATE");

    [Fact]
    public void a_schema_can_be_given_for_tables_that_have_none() =>
        new PostgresLockStatementProvider("fallback", enableSchemaCaching: false).GetRowLockStatement<Tally>(new OtherMapping(Npgsql()))
            .Replace("\"", "").ShouldContain("FROM fallback.tally_2 ");

    [Fact]
    public void the_oldest_outbox_that_nobody_holds_can_be_asked_for()
    {
        Postgres.GetOutboxStatement(new OutboxTables(Npgsql()))
            .Replace("\"", "").ShouldBe("SELECT *, xmin FROM OutboxState ORDER BY Created LIMIT 1 FOR UPDATE SKIP LOCKED");
        Sqlite.GetOutboxStatement(new OutboxTables(new DbContextOptionsBuilder().UseSqlite().Options))
            .Replace("\"", "").ShouldBe("SELECT * FROM OutboxState ORDER BY Created LIMIT 1");
    }

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
            modelBuilder.Entity<Tally>().ToTable("tally_1", "one");
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
