using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using SagaOutbox = Podcast.Outbox.BatchedOutbox<Podcast.Orchestrator.Data.OrchestratorDbContext>;

namespace Podcast.FaultRunner.BuiltIn;

/// <summary>Gives every delivery to the saga a new message id, so that the inbox recognizes no duplicate.</summary>
internal sealed class NoInbox(IOutboxContextFactory<SagaOutbox> inner) : IOutboxContextFactory<SagaOutbox>
{
    public Task Send<T>(ConsumeContext<T> context, OutboxConsumeOptions options, IPipe<OutboxConsumeContext<T>> next)
        where T : class =>
        inner.Send(new Unknown<T>(context), options, next);

    public void Probe(ProbeContext context) => inner.Probe(context);

    private sealed class Unknown<T>(ConsumeContext<T> context) : ConsumeContextProxy<T>(context)
        where T : class
    {
        public override Guid? MessageId { get; } = NewId.NextGuid();
    }
}

internal static class NoInboxSetup
{
    public static void SkipInbox(this IBusRegistrationConfigurator bus)
    {
        var real = bus.Last(service => service.ServiceType == typeof(IOutboxContextFactory<SagaOutbox>));
        bus.Remove(real);
        bus.AddScoped<IOutboxContextFactory<SagaOutbox>>(provider => new NoInbox(
            (IOutboxContextFactory<SagaOutbox>)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)));
    }
}
