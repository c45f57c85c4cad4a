using System.Collections.Concurrent;
using MassTransit;

namespace Podcast.WebhookGateway.Tests;

/// <summary>The ids of the messages that the broker confirmed, copies included (the harness keeps one of each).</summary>
internal sealed class Confirmed : IPublishObserver
{
    private readonly ConcurrentQueue<Guid> ids = new();

    public IReadOnlyList<Guid> Ids => [.. ids];

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        ids.Enqueue(context.MessageId!.Value);
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
