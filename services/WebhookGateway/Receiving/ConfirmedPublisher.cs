using MassTransit;
using Podcast.Hosting.Bus;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Hands an event to the broker and waits until it has it. Takes the bus itself: the scoped endpoint may belong to a database's outbox,
/// where a message waits for a commit that nobody here makes.
/// </summary>
internal sealed class ConfirmedPublisher(IBus bus, ILogger<ConfirmedPublisher> logger)
{
    /// <summary>True once the broker has confirmed; false when it has not by the <paramref name="deadline"/>, or refuses.</summary>
    public async Task<bool> Publish(object message, Guid messageId, CancellationToken deadline)
    {
        try
        {
            await bus.PublishConfirmed(message, deadline, messageId);
            return true;
        }
        catch (Exception failure)
        {
            logger.BrokerRefused(failure.GetBaseException().GetType().Name);
            return false;
        }
    }
}
