using System.Collections.Concurrent;
using MassTransit;

namespace Podcast.Testing;

/// <summary>
/// Records what a real bus publishes and consumes, for hosts that are tested as they ship: MassTransit's test harness would
/// replace their saga repository.
/// </summary>
public sealed class BusRecorder : IPublishObserver, IReceiveObserver
{
    private readonly ConcurrentQueue<object> published = [];
    private readonly ConcurrentDictionary<Guid, int> consumed = [];
    private readonly ConcurrentQueue<Exception> faults = [];

    /// <summary>The exceptions that consumers threw after all retries.</summary>
    public IReadOnlyCollection<Exception> Faults => faults;

    public static BusRecorder On(IBus bus)
    {
        var recorder = new BusRecorder();
        bus.ConnectPublishObserver(recorder);
        bus.ConnectReceiveObserver(recorder);
        return recorder;
    }

    /// <summary>
    /// Receives <typeparamref name="T"/> through a queue of its own, because publish observers do not see messages that an outbox
    /// sends.
    /// </summary>
    public async Task Listen<T>(IBus bus)
        where T : class
    {
        var endpoint = bus.ConnectReceiveEndpoint($"recorder-{NewId.NextGuid():N}", x => x.Handler<T>(context =>
        {
            published.Enqueue(context.Message);
            return Task.CompletedTask;
        }));
        await endpoint.Ready;
    }

    public IReadOnlyList<T> Published<T>() => published.OfType<T>().ToList();

    /// <summary>
    /// Waits until a <typeparamref name="T"/> that satisfies <paramref name="that"/> was published, and returns the first one.
    /// </summary>
    public async Task<T> Sees<T>(Func<T, bool>? that = null)
    {
        await Eventually.Holds(() => Published<T>().Any(message => that?.Invoke(message) ?? true), $"publication of {typeof(T).Name}");
        return Published<T>().First(message => that?.Invoke(message) ?? true);
    }

    /// <summary>
    /// Publishes the message and waits until <paramref name="endpoints"/> endpoints have processed it, successfully or not.
    /// </summary>
    public async Task Hears<T>(IBus bus, T message, int endpoints = 1)
        where T : class
    {
        var messageId = NewId.NextGuid();
        await bus.Publish(message, x => x.MessageId = messageId);
        await Eventually.Holds(() => consumed.GetValueOrDefault(messageId) >= endpoints, $"consumption of {typeof(T).Name}");
    }

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        published.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context)
    {
        if (context.GetMessageId() is { } messageId)
            consumed.AddOrUpdate(messageId, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        faults.Enqueue(exception);
        return Task.CompletedTask;
    }

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        faults.Enqueue(exception);
        return PostReceive(context);
    }
}
