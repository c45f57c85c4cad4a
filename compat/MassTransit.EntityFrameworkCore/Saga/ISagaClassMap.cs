namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Maps a saga's instances to a table.</summary>
public interface ISagaClassMap
{
    Type SagaType { get; }

    void Configure(ModelBuilder model);
}

/// <inheritdoc/>
public interface ISagaClassMap<TSaga> : ISagaClassMap
    where TSaga : class, ISaga;
