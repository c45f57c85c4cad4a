namespace MassTransit;

/// <summary>Configures the outbox for messages that are published outside of consumers.</summary>
public interface IEntityFrameworkBusOutboxConfigurator : IBusOutboxConfigurator
{
    /// <summary>The number of messages of one outbox per pass; default 100.</summary>
    int MessageDeliveryLimit { set; }

    /// <summary>The timeout of one send; default 10 s.</summary>
    TimeSpan MessageDeliveryTimeout { get; set; }
}
