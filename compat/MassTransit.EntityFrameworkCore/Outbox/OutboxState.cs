namespace MassTransit.EntityFrameworkCoreIntegration;

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
