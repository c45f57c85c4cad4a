namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>One scope's outbox: its messages leave in order, whoever delivers them.</summary>
public class OutboxState
{
    public Guid OutboxId { get; set; }

    /// <summary>Changed by who holds the row.</summary>
    public Guid LockId { get; set; }

    public byte[]? RowVersion { get; set; }

    public DateTime Created { get; set; }

    /// <summary>When all of its messages had been sent.</summary>
    public DateTime? Delivered { get; set; }

    /// <summary>The last message that was sent.</summary>
    public long? LastSequenceNumber { get; set; }
}
