namespace MassTransit;

/// <summary>The outbox of messages that are published outside of a consumer.</summary>
public interface IEntityFrameworkBusOutboxConfigurator : IBusOutboxConfigurator
{
    /// <summary>Messages of one outbox per pass; 100.</summary>
    int MessageDeliveryLimit { set; }

    /// <summary>Of one send; 10 s.</summary>
    TimeSpan MessageDeliveryTimeout { get; set; }
}
