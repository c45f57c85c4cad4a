using MassTransit.EntityFrameworkCoreIntegration.Saga;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MassTransit.Configuration;

internal sealed class EntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator<TSaga>, ISpecification
    where TSaga : class, ISaga
{
    private Action<IServiceCollection>? addDbContext;
    private Func<IQueryable<TSaga>, IQueryable<TSaga>>? customize;
    private ConcurrencyMode concurrency = ConcurrencyMode.Pessimistic;
    private IsolationLevel isolation = IsolationLevel.Serializable;
    private ILockStatementProvider? locks;
    private bool withTransaction = true;

    public ConcurrencyMode ConcurrencyMode
    {
        set
        {
            concurrency = value;
            if (value == ConcurrencyMode.Optimistic && isolation == IsolationLevel.Serializable)
                isolation = IsolationLevel.ReadCommitted;
        }
    }

    public IsolationLevel IsolationLevel
    {
        set => isolation = value;
    }

    public ILockStatementProvider LockStatementProvider
    {
        set => locks = value;
    }

    public void SetOptimisticConcurrency(bool useTransaction = true)
    {
        concurrency = ConcurrencyMode.Optimistic;
        withTransaction = useTransaction;
    }

    public void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> queryCustomization) => customize = queryCustomization;

    public void AddDbContext<TContext, TImplementation>(
        Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext =>
        addDbContext = services =>
        {
            services.TryAddSingleton(provider => Options(provider, optionsAction));
            services.TryAddScoped<DbContextOptions>(provider => provider.GetRequiredService<DbContextOptions<TImplementation>>());
            services.TryAddScoped<TContext, TImplementation>();
            services.TryAddScoped<ISagaDbContextFactory<TSaga>, ContainerSagaDbContextFactory<TContext, TSaga>>();
        };

    public void ExistingDbContext<TContext>()
        where TContext : DbContext =>
        addDbContext = services =>
            services.TryAddScoped<ISagaDbContextFactory<TSaga>, ContainerSagaDbContextFactory<TContext, TSaga>>();

    public IEnumerable<ValidationResult> Validate()
    {
        if (addDbContext is null)
            yield return this.Failure("DbContext", "must be specified");
        if (concurrency == ConcurrencyMode.Pessimistic && locks is null)
            yield return this.Failure("LockStatementProvider", "must be specified in pessimistic mode (UsePostgres, UseSqlite)");
    }

    public void Register(ISagaRepositoryRegistrationConfigurator<TSaga> services)
    {
        addDbContext!(services);

        // TryAdd, as in the package: a strategy that is registered before takes precedence.
        services.TryAddSingleton<ISagaRepositoryLockStrategy<TSaga>>(_ => concurrency == ConcurrencyMode.Optimistic
            ? new OptimisticLockStrategy<TSaga>(customize, isolation, withTransaction)
            : new PessimisticLockStrategy<TSaga>(locks!, customize, isolation));

        services.RegisterLoadSagaRepository<TSaga, EntityFrameworkSagaRepositoryContextFactory<TSaga>>();
        services.RegisterQuerySagaRepository<TSaga, EntityFrameworkSagaRepositoryContextFactory<TSaga>>();
        services.RegisterSagaRepository<TSaga, DbContext, SagaConsumeContextFactory<DbContext, TSaga>,
            EntityFrameworkSagaRepositoryContextFactory<TSaga>>();
    }

    private static DbContextOptions<TContext> Options<TContext>(
        IServiceProvider provider, Action<IServiceProvider, DbContextOptionsBuilder<TContext>>? configure)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        options.UseApplicationServiceProvider(provider);
        configure?.Invoke(provider, options);
        return options.Options;
    }
}
