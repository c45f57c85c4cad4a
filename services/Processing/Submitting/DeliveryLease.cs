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
            GiveUp();

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
            (context.ReceiveContext as BaseReceiveContext)?.Cancel();
    }

    // RabbitMQ's client may know that the channel is closed shortly before the delivery's token is cancelled.
    private bool IsChannelGone() => context.TryGetPayload(out ChannelContext? channel) && channel.Channel.IsClosed;

    private void GiveUp()
    {
        (context.ReceiveContext as BaseReceiveContext)?.Cancel();
        throw new OperationCanceledException("The delivery is no longer ours.", context.CancellationToken);
    }
}
