namespace MassTransit;

/// <summary>Configures the transactional outbox on one <c>DbContext</c>.</summary>
public interface IEntityFrameworkOutboxConfigurator : ITransactionalOutboxConfigurator
{
    /// <summary>How long the inbox remembers a message, so that a duplicate is dropped; default 30 minutes.</summary>
    TimeSpan DuplicateDetectionWindow { set; }

    /// <summary>The isolation level of inbox and outbox transactions; default repeatable read.</summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Provides the lock statements.</summary>
    ILockStatementProvider LockStatementProvider { set; }

    /// <summary>The delay between two queries of an empty outbox; default 10 s.</summary>
    TimeSpan QueryDelay { set; }

    /// <summary>The number of messages per query; default 100.</summary>
    int QueryMessageLimit { set; }

    /// <summary>The timeout of one query; default 30 s.</summary>
    TimeSpan QueryTimeout { set; }

    /// <summary>Disables the removal of old inbox rows, which another service must then do.</summary>
    void DisableInboxCleanupService();

    /// <summary>Also stores messages that are published outside of consumers, as rows of the scope's <c>DbContext</c>.</summary>
    void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null);
}

/// <summary>Configures the outbox for messages that are published outside of consumers.</summary>
public interface IEntityFrameworkBusOutboxConfigurator : IBusOutboxConfigurator
{
    /// <summary>The number of messages of one outbox per pass; default 100.</summary>
    int MessageDeliveryLimit { set; }

    /// <summary>The timeout of one send; default 10 s.</summary>
    TimeSpan MessageDeliveryTimeout { get; set; }
}

/// <summary>The transaction settings of <c>AddEntityFrameworkOutbox</c> for <typeparamref name="TDbContext"/>.</summary>
public class EntityFrameworkOutboxOptions<TDbContext>
    where TDbContext : DbContext
{
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.RepeatableRead;

    /// <summary>Null until one is set; the package's default is SQL Server's.</summary>
    public ILockStatementProvider? LockStatementProvider { get; set; }
}
