using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox.Tests;

public sealed class When_the_database_is_chosen_at_run_time
{
    private static readonly DatabaseLocks Locks = new();

    [Fact]
    public void postgres_locks_rows() =>
        Locks.GetRowLockStatement<Instance>(new Instances(new DbContextOptionsBuilder().UseNpgsql("Host=nowhere").Options))
            .Replace("\"", "").ShouldBe("SELECT *, xmin FROM own.instance WHERE CorrelationId = @p0 FOR UPDATE");

    [Fact]
    public void sqlite_locks_by_its_transaction() =>
        Locks.GetRowLockStatement<Instance>(new Instances(new DbContextOptionsBuilder().UseSqlite().Options))
            .Replace("\"", "").ShouldBe("SELECT * FROM instance WHERE CorrelationId = @p0");

    [Fact]
    public void each_model_has_its_own_statement()
    {
        var options = new DbContextOptionsBuilder().UseSqlite().Options;

        Locks.GetRowLockStatement<Instance>(new Instances(options)).ShouldContain("instance");
        Locks.GetRowLockStatement<Instance>(new OtherInstances(options)).ShouldContain("elsewhere");
        Locks.GetRowLockStatement<Instance>(new Instances(options)).ShouldContain("instance");
    }

    private sealed class Instance : ISaga
    {
        public Guid CorrelationId { get; set; }
    }

    private sealed class Instances(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Instance>(instance =>
        {
            instance.HasKey(x => x.CorrelationId);
            instance.ToTable("instance", Database.IsNpgsql() ? "own" : null);
        });
    }

    private sealed class OtherInstances(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Instance>().ToTable("elsewhere").HasKey(x => x.CorrelationId);
    }
}
