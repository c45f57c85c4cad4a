using System.Data;
using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Podcast.Compat.Tests;

public sealed class When_a_repository_is_configured
{
    [Fact]
    public void the_default_is_pessimistic_and_serializable() =>
        Strategy(_ => { }).ShouldSatisfyAllConditions(
            x => x.IsolationLevel.ShouldBe(IsolationLevel.Serializable), x => x.IsTransactionEnabled.ShouldBeTrue());

    [Fact]
    public void optimistic_mode_turns_the_default_into_read_committed() =>
        Strategy(r => r.ConcurrencyMode = ConcurrencyMode.Optimistic).IsolationLevel.ShouldBe(IsolationLevel.ReadCommitted);

    [Fact]
    public void a_chosen_isolation_stays() =>
        Strategy(r =>
        {
            r.IsolationLevel = IsolationLevel.Snapshot;
            r.ConcurrencyMode = ConcurrencyMode.Optimistic;
        }).IsolationLevel.ShouldBe(IsolationLevel.Snapshot);

    [Fact]
    public void only_optimistic_mode_can_do_without_a_transaction() =>
        Strategy(r => r.SetOptimisticConcurrency(useTransaction: false)).IsTransactionEnabled.ShouldBeFalse();

    [Fact]
    public void a_strategy_that_is_registered_before_wins()
    {
        var ours = Substitute.For<ISagaRepositoryLockStrategy<Tally>>();
        Strategy(_ => { }, services => services.AddSingleton(ours)).ShouldBeSameAs(ours);
    }

    [Fact]
    public void no_context_is_an_error() =>
        Should.Throw<ConfigurationException>(() => Configure(new ServiceCollection(), r => r.UseSqlite())).Message.ShouldContain("DbContext");

    [Fact]
    public void it_can_register_the_context_itself()
    {
        var services = new ServiceCollection();
        Configure(services, r =>
        {
            r.UseSqlite();
            r.AddDbContext<SagaDbContext, TallyContext>((_, options) => options.UseSqlite("Data Source=:memory:"));
        });

        using var scope = services.BuildServiceProvider(validateScopes: true).CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<SagaDbContext>().ShouldBeOfType<TallyContext>();
        scope.ServiceProvider.GetRequiredService<ISagaDbContextFactory<Tally>>().Create().ShouldBeSameAs(context);
    }

    private static ISagaRepositoryLockStrategy<Tally> Strategy(
        Action<IEntityFrameworkSagaRepositoryConfigurator<Tally>> configure, Action<IServiceCollection>? before = null)
    {
        var services = new ServiceCollection();
        before?.Invoke(services);
        Configure(services, r =>
        {
            r.ExistingDbContext<TallyContext>();
            r.UseSqlite();
            configure(r);
        });
        return services.BuildServiceProvider().GetRequiredService<ISagaRepositoryLockStrategy<Tally>>();
    }

    private static void Configure(IServiceCollection services, Action<IEntityFrameworkSagaRepositoryConfigurator<Tally>> configure) =>
        services.AddMassTransit(bus => bus.AddSagaStateMachine<TallyMachine, Tally>().EntityFrameworkRepository(configure));
}
