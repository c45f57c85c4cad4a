namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A message that one consumer has received. The pair (message, consumer) is unique: that is what drops duplicates.</summary>
public class InboxState
{
    public long Id { get; set; }

    public Guid MessageId { get; set; }

    /// <summary>Names endpoint, consumer and message type.</summary>
    public Guid ConsumerId { get; set; }

    /// <summary>Changed by who holds the row.</summary>
    public Guid LockId { get; set; }

    public byte[]? RowVersion { get; set; }

    public DateTime Received { get; set; }

    public int ReceiveCount { get; set; }

    public DateTime? ExpirationTime { get; set; }

    /// <summary>When its effect was committed.</summary>
    public DateTime? Consumed { get; set; }

    /// <summary>When everything that it caused to be sent had been sent.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>The last message that was sent.</summary>
    public long? LastSequenceNumber { get; set; }
}
