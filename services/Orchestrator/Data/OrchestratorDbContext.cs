using MassTransit.EntityFrameworkCoreIntegration;
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

    internal DbSet<LaneStatus> Lanes => Set<LaneStatus>();

    protected override IEnumerable<ISagaClassMap> Configurations => [new EpisodeStateMap()];

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.UseSchemaOf(this, Owner);
        modelBuilder.ApplyConfiguration(new IttybitTaskMap());
        modelBuilder.ApplyConfiguration(new LaneStatusMap());
        modelBuilder.AddLeanOutboxEntities();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UseTextsWithoutNul();
        configurationBuilder.UseSortableTimes(this);
    }
}
