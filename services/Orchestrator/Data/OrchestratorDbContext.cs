using System.Text.Json;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore.Metadata;
using Podcast.Orchestrator.Callbacks;
using Podcast.Orchestrator.Timers;
using Podcast.Outbox;

namespace Podcast.Orchestrator.Data;

/// <summary>The orchestrator's tables. No other service reads them.</summary>
public sealed class OrchestratorDbContext(DbContextOptions<OrchestratorDbContext> options) : SagaDbContext(options)
{
    /// <summary>The name of the connection string and of the schema.</summary>
    public const string Owner = "orchestrator";

    internal DbSet<IttybitTaskEntry> IttybitTasks => Set<IttybitTaskEntry>();

    protected override IEnumerable<ISagaClassMap> Configurations => [new EpisodeStateMap()];

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.UseSchemaOf(this, Owner);
        modelBuilder.Entity<IttybitTaskEntry>(entity =>
        {
            entity.ToTable("ittybit_tasks").HasKey(x => x.IttybitTaskId);
            entity.Property(x => x.IttybitTaskId).HasMaxLength(255);
            entity.Property(x => x.Task).HasConversion<string>().HasMaxLength(32);
            entity.Property(x => x.Parked).HasMutableJson();
            entity.HasIndex(x => x.CreatedAt);
        });
        modelBuilder.Entity<LaneStatus>(entity =>
        {
            entity.ToTable("lanes").HasKey(x => x.Name);
            entity.Property(x => x.Name).HasMaxLength(50);
            entity.Property(x => x.State).HasConversion<string>().HasMaxLength(16);
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }

        modelBuilder.AddLeanOutboxEntities();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UseTextsWithoutNul();
        configurationBuilder.UseSortableTimes(this);
    }
}
