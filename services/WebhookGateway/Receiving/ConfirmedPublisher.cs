using MassTransit;
using Podcast.Hosting.Bus;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>
/// Publishes an event and waits for the broker's confirmation. It uses the bus itself: the scoped <see cref="IPublishEndpoint"/>
/// may belong to the outbox of a database, where the message would wait for a commit that the gateway never makes.
/// </summary>
internal sealed class ConfirmedPublisher(IBus bus, ILogger<ConfirmedPublisher> logger)
{
    /// <summary>
    /// True if the broker confirmed; false if it refused or did not confirm by the <paramref name="deadline"/>.
    /// </summary>
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
