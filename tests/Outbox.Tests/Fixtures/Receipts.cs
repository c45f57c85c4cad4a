using System.Collections.Concurrent;
using MassTransit;

namespace Podcast.Outbox.Tests.Fixtures;

/// <summary>Counts what endpoints are done with, and what failed in the end.</summary>
internal sealed class Receipts : IReceiveObserver
{
    private readonly ConcurrentDictionary<Guid, int> receipts = [];
    private readonly ConcurrentQueue<Exception> faults = [];

    private int begun;

    public IReadOnlyCollection<Exception> Faults => faults;

    public int Of(Guid messageId) => receipts.GetValueOrDefault(messageId);

    /// <summary>Deliveries that have begun.</summary>
    public int Begun => begun;

    public Task PreReceive(ReceiveContext context)
    {
        Interlocked.Increment(ref begun);
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context)
    {
        receipts.AddOrUpdate(context.GetMessageId()!.Value, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        faults.Enqueue(exception);
        return PostReceive(context);
    }
}
