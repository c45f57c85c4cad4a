namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>A payload that says: a filter around us owns the transaction, join it.</summary>
public interface DbTransactionContext
{
    Guid TransactionId { get; }
}
