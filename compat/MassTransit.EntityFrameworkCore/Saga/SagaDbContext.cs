namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A <see cref="DbContext"/> whose model consists of saga class maps.</summary>
public abstract class SagaDbContext(DbContextOptions options) : DbContext(options)
{
    protected abstract IEnumerable<ISagaClassMap> Configurations { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var configuration in Configurations)
            configuration.Configure(modelBuilder);
    }
}

/// <summary>Maps a saga's instances to a table.</summary>
public interface ISagaClassMap
{
    Type SagaType { get; }

    void Configure(ModelBuilder model);
}

/// <inheritdoc/>
public interface ISagaClassMap<TSaga> : ISagaClassMap
    where TSaga : class, ISaga;
