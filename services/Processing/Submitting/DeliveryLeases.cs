using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MassTransit.RabbitMqTransport;
using MassTransit.Transports;

namespace Podcast.Processing.Submitting;

/// <summary>
/// The right to send requests for one delivery. It ends with the delivery's channel, and when its endpoint begins to stop: from
/// then on the broker may give the message, or a copy of it, to another process. A request that is in flight may finish; no new
/// one starts.
/// </summary>
internal sealed class DeliveryLease(ConsumeContext context)
{
    private readonly Lock gate = new();
    private bool isEnding;
    private bool isOut;

    /// <exception cref="OperationCanceledException">The lease has ended: the delivery returns to its queue.</exception>
    public async Task<T> Send<T>(Func<Task<T>> request)
    {
        bool mayLeave;
        lock (gate)
            mayLeave = isOut = !isEnding && !IsChannelGone();
        if (!mayLeave)
        {
            Cancel();
            throw new OperationCanceledException("The delivery is no longer ours.", context.CancellationToken);
        }

        try
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            return await request();
        }
        finally
        {
            lock (gate)
                isOut = false;
        }
    }

    /// <summary>Ends the lease, and cancels the delivery unless a request is in flight.</summary>
    public void End()
    {
        bool isWaiting;
        lock (gate)
        {
            isEnding = true;
            isWaiting = !isOut;
        }

        if (isWaiting)
            Cancel();
    }

    // RabbitMQ's client may know that the channel is closed shortly before the delivery's token is cancelled.
    private bool IsChannelGone() => context.TryGetPayload(out ChannelContext? channel) && channel.Channel.IsClosed;

    private void Cancel() => (context.ReceiveContext as BaseReceiveContext)?.Cancel();
}

/// <summary>The leases of the deliveries that this process is handling.</summary>
internal sealed class DeliveryLeases(TimeProvider clock) : IReceiveEndpointObserver
{
    private static readonly AsyncLocal<DeliveryLease?> current = new();

    private readonly ConcurrentDictionary<DeliveryLease, Uri?> held = new();
    private readonly ConcurrentDictionary<Uri, bool> stopped = new();
    private readonly ConditionalWeakTable<ChannelContext, FirstDelivery> channels = [];

    /// <summary>The lease of the current async flow.</summary>
    public static DeliveryLease? Current => current.Value;

    /// <summary>Runs <paramref name="work"/>, whose requests are sent only while the lease is valid.</summary>
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

    /// <summary>When this process got its first delivery on this delivery's channel; null without a channel.</summary>
    public DateTimeOffset? Since(ConsumeContext context) =>
        context.TryGetPayload(out ChannelContext? channel) ? channels.GetValue(channel, _ => new(clock.GetUtcNow())).At : null;

    /// <summary>Runs before the endpoint cancels its consumer and another process becomes the active one.</summary>
    Task IReceiveEndpointObserver.Stopping(ReceiveEndpointStopping stopping)
    {
        stopped[stopping.InputAddress] = true;
        foreach (var (lease, _) in held.Where(one => one.Value == stopping.InputAddress))
            lease.End();
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

/// <summary>
/// Sends a request only under the lease of its delivery. It is the innermost handler, so that no request is sent after a wait
/// without this check.
/// </summary>
internal sealed class DeliveryLeaseHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        DeliveryLeases.Current is { } lease
            ? lease.Send(() => base.SendAsync(request, cancellationToken))
            : base.SendAsync(request, cancellationToken);
}
