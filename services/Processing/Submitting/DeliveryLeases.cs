using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Podcast.Processing.Submitting;

/// <summary>The deliveries that this process is deciding on.</summary>
internal sealed class DeliveryLeases(TimeProvider clock) : IReceiveEndpointObserver
{
    private static readonly AsyncLocal<DeliveryLease?> current = new();

    private readonly ConcurrentDictionary<DeliveryLease, Uri?> held = new();
    private readonly ConcurrentDictionary<Uri, bool> stopped = new();
    private readonly ConditionalWeakTable<ChannelContext, FirstDelivery> channels = [];

    /// <summary>The lease under which this flow sends its requests.</summary>
    public static DeliveryLease? Current => current.Value;

    /// <summary>Runs <paramref name="work"/>, whose requests leave only while the delivery is ours.</summary>
    public async Task<T> Hold<T>(ConsumeContext context, Func<Task<T>> work)
    {
        var lease = new DeliveryLease(context);
        var endpoint = context.ReceiveContext.InputAddress;
        held[lease] = endpoint;
        try
        {
            if (endpoint is not null && stopped.ContainsKey(endpoint))
                lease.End();
            current.Value = lease;
            return await work();
        }
        finally
        {
            held.TryRemove(lease, out _);
        }
    }

    /// <summary>When this process got its first delivery on the channel of this one; null where there is no channel.</summary>
    public DateTimeOffset? Since(ConsumeContext context) =>
        context.TryGetPayload(out ChannelContext? channel) ? channels.GetValue(channel, _ => new(clock.GetUtcNow())).At : null;

    /// <summary>Before the endpoint gives up its queue, of which another process becomes the consumer.</summary>
    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping)
    {
        stopped[stopping.InputAddress] = true;
        foreach (var (lease, endpoint) in held)
        {
            if (endpoint == stopping.InputAddress)
                lease.End();
        }

        return Task.CompletedTask;
    }

    Task IReceiveEndpointObserver.Ready(ReceiveEndpointReady ready)
    {
        stopped.TryRemove(ready.InputAddress, out _);
        return Task.CompletedTask;
    }

    Task IReceiveEndpointObserver.Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    Task IReceiveEndpointObserver.Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    private sealed record FirstDelivery(DateTimeOffset At);
}

/// <summary>Lets a request leave only under the lease of its delivery. Stands behind all waiting, so that nothing is sent after a wait.</summary>
internal sealed class DeliveryLeaseHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        DeliveryLeases.Current is { } lease
            ? lease.Send(() => base.SendAsync(request, cancellationToken))
            : base.SendAsync(request, cancellationToken);
}
