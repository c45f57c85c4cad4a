namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A message that one consumer has received. The pair (message, consumer) is unique, which detects duplicates.</summary>
public class InboxState
{
    public long Id { get; set; }

    public Guid MessageId { get; set; }

    /// <summary>Identifies endpoint, consumer and message type.</summary>
    public Guid ConsumerId { get; set; }

    /// <summary>Changed by the process that locks the row.</summary>
    public Guid LockId { get; set; }

    public byte[]? RowVersion { get; set; }

    public DateTime Received { get; set; }

    public int ReceiveCount { get; set; }

    public DateTime? ExpirationTime { get; set; }

    /// <summary>When the consumer's transaction was committed.</summary>
    public DateTime? Consumed { get; set; }

    /// <summary>When all messages of the consumer had been sent.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>The sequence number of the last message that was sent.</summary>
    public long? LastSequenceNumber { get; set; }
}

/// <summary>The outbox of one scope: its messages are sent in order, whichever process delivers them.</summary>
public class OutboxState
{
    public Guid OutboxId { get; set; }

    /// <summary>Changed by the process that locks the row.</summary>
    public Guid LockId { get; set; }

    public byte[]? RowVersion { get; set; }

    public DateTime Created { get; set; }

    /// <summary>When all of its messages had been sent.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>The sequence number of the last message that was sent.</summary>
    public long? LastSequenceNumber { get; set; }
}
