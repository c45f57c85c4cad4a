using System.Data;
using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Podcast.Compat.Tests;

public sealed class When_an_outbox_is_configured
{
    [Fact]
    public void the_default_is_repeatable_read() => Options(_ => { }).IsolationLevel.ShouldBe(IsolationLevel.RepeatableRead);

    [Fact]
    public void what_is_chosen_can_be_read()
    {
        var options = Options(outbox =>
        {
            outbox.UsePostgres();
            outbox.IsolationLevel = IsolationLevel.ReadCommitted;
            outbox.DuplicateDetectionWindow = TimeSpan.FromMinutes(1);
            outbox.QueryDelay = TimeSpan.FromSeconds(1);
            outbox.QueryMessageLimit = 10;
            outbox.QueryTimeout = TimeSpan.FromSeconds(1);
            outbox.UseBusOutbox(busOutbox =>
            {
                busOutbox.MessageDeliveryLimit = 10;
                busOutbox.MessageDeliveryTimeout = TimeSpan.FromSeconds(1);
                busOutbox.DisableDeliveryService();
            });
        });

        options.IsolationLevel.ShouldBe(IsolationLevel.ReadCommitted);
        options.LockStatementProvider.ShouldBeOfType<PostgresLockStatementProvider>();
        Options(outbox => outbox.UseSqlite()).LockStatementProvider.ShouldBeOfType<SqliteLockStatementProvider>();
    }

    [Fact]
    public void an_implementation_that_is_registered_before_wins()
    {
        var ours = Substitute.For<IOutboxContextFactory<TallyContext>>();
        using var scope = Services(_ => { }, ours).CreateScope();
        scope.ServiceProvider.GetRequiredService<IOutboxContextFactory<TallyContext>>().ShouldBeSameAs(ours);
    }

    private static EntityFrameworkOutboxOptions<TallyContext> Options(Action<IEntityFrameworkOutboxConfigurator> configure) =>
        Services(configure, Substitute.For<IOutboxContextFactory<TallyContext>>())
            .GetRequiredService<IOptions<EntityFrameworkOutboxOptions<TallyContext>>>().Value;

    private static ServiceProvider Services(
        Action<IEntityFrameworkOutboxConfigurator> configure, IOutboxContextFactory<TallyContext> implementation) =>
        new ServiceCollection()
            .AddMassTransit(bus =>
            {
                bus.AddScoped(_ => implementation);
                bus.AddEntityFrameworkOutbox<TallyContext>(outbox =>
                {
                    outbox.DisableInboxCleanupService();
                    configure(outbox);
                });
            })
            .BuildServiceProvider();
}
