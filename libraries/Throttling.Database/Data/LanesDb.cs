using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Podcast.Hosting;

namespace Podcast.Throttling.Data;

/// <summary>Stores one row per provider, shared by all processes that call it, and the history of changes.</summary>
internal sealed class LanesDb(DbContextOptions<LanesDb> options) : DbContext(options)
{
    /// <summary>The owner: the name of the connection string and of the schema.</summary>
    public const string Owner = "lanes";

    /// <summary>The property of an event that names its lane, and that <see cref="ThrottleEvent"/> does not have.</summary>
    public const string LaneOfEvent = "Lane";

    public DbSet<LaneRow> Lanes => Set<LaneRow>();

    public DbSet<ThrottleEvent> Events => Set<ThrottleEvent>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.UseSortableTimes(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseSchemaOf(this, Owner);

        modelBuilder.Entity<LaneRow>(lane =>
        {
            lane.ToTable("lanes").HasKey(l => l.Name);
            lane.Property(l => l.Name).HasMaxLength(LaneRow.LongestName);
        });
        modelBuilder.Entity<ThrottleEvent>(change =>
        {
            change.Property<long>("Id");
            change.ToTable("lane_events").HasKey("Id");
            change.Property<string>(LaneOfEvent).HasMaxLength(LaneRow.LongestName).IsRequired();
            change.HasIndex(LaneOfEvent, nameof(ThrottleEvent.At));
        });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        modelBuilder.Entity<LaneRow>().Property(lane => lane.UnpublishedSince).HasColumnName("untold_since");
    }
}
