namespace MassTransit.EntityFrameworkCoreIntegration.Saga;

/// <summary>
/// Returns the scope's <see cref="DbContext"/>, the same instance that the outbox and the user's code use. The scope disposes it.
/// </summary>
internal sealed class ContainerSagaDbContextFactory<TContext, TSaga>(TContext dbContext) : ISagaDbContextFactory<TSaga>
    where TContext : DbContext
    where TSaga : class, ISaga
{
    public DbContext Create() => dbContext;

    public DbContext CreateScoped<T>(ConsumeContext<T> context)
        where T : class =>
        dbContext;

    public ValueTask ReleaseAsync(DbContext dbContext) => ValueTask.CompletedTask;
}
