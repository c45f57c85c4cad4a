namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A payload which shows that an outer filter has begun a transaction that the saga repository must join.</summary>
public interface DbTransactionContext
{
    Guid TransactionId { get; }
}
