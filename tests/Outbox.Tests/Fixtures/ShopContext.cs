using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>What a consumer writes.</summary>
public sealed class Note
{
    public int Id { get; set; }
    public Guid Order { get; set; }
    public string Text { get; set; } = "";
}

/// <summary>A saga's instance.</summary>
public sealed class Tally : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string State { get; set; } = "";
    public string Group { get; set; } = "";
    public int Count { get; set; }
    public uint Version { get; set; }
}

internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Tally> Tallies => Set<Tally>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        if (Database.IsNpgsql())
            modelBuilder.HasDefaultSchema("shop");

        modelBuilder.AddLeanOutboxEntities();
        modelBuilder.Entity<Note>().ToTable("note").HasIndex(note => note.Text).IsUnique();
        modelBuilder.Entity<Tally>(tally =>
        {
            tally.ToTable("tally");
            tally.HasKey(x => x.CorrelationId);
            tally.Property(x => x.CorrelationId).ValueGeneratedNever();
            if (Database.IsNpgsql())
                tally.Property(x => x.Version).IsRowVersion();
        });
    }

    /// <summary>The tables, and one whose foreign key is checked at COMMIT.</summary>
    public async Task Create()
    {
        if (!await Database.EnsureCreatedAsync())
            return;

        await Database.ExecuteSqlRawAsync(
            "CREATE TABLE parent (id integer PRIMARY KEY);"
            + "CREATE TABLE child (parent_id integer REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
    }
}
