namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Provides the <see cref="DbContext"/> of a saga repository.</summary>
public interface ISagaDbContextFactory<out TSaga>
    where TSaga : class, ISaga
{
    /// <summary>The context for a query outside of a message.</summary>
    DbContext Create();

    /// <summary>The context of the message's scope.</summary>
    DbContext CreateScoped<T>(ConsumeContext<T> context)
        where T : class;

    /// <summary>Releases the context.</summary>
    ValueTask ReleaseAsync(DbContext dbContext);
}
