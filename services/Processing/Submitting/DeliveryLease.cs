using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.Transports;

namespace Podcast.Processing.Submitting;

/// <summary>
/// The right of one delivery to send requests. It ends with the delivery's channel, and as soon as its endpoint stops: from then on another
/// process may have the order, or a copy of it. A request that is out by then may come to its end; none starts.
/// </summary>
internal sealed class DeliveryLease(ConsumeContext context)
{
    private readonly Lock gate = new();
    private bool isEnding;
    private bool isOut;

    /// <summary>Sends <paramref name="request"/>.</summary>
    /// <exception cref="OperationCanceledException">It may not be sent any more: the delivery goes back to its queue.</exception>
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

    /// <summary>Ends the lease, and all waiting for a request to leave.</summary>
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

    // Our client may know that the channel is closed a moment before the delivery's token is cancelled.
    private bool IsChannelGone() => context.TryGetPayload(out ChannelContext? channel) && channel.Channel.IsClosed;

    private void GiveUp()
    {
        (context.ReceiveContext as BaseReceiveContext)?.Cancel();
        throw new OperationCanceledException("The delivery is no longer ours.", context.CancellationToken);
    }
}
