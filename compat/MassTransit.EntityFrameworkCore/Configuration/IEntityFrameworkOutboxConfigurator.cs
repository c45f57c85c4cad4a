using System.Data;
using MassTransit.EntityFrameworkCoreIntegration;

namespace MassTransit;

/// <summary>The transactional outbox on one <c>DbContext</c>.</summary>
public interface IEntityFrameworkOutboxConfigurator : ITransactionalOutboxConfigurator
{
    /// <summary>How long a message is remembered, so that a second delivery of it is dropped; 30 minutes.</summary>
    TimeSpan DuplicateDetectionWindow { set; }

    /// <summary>Isolation of the transactions of inbox and outbox; repeatable read.</summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Writes the statements that lock.</summary>
    ILockStatementProvider LockStatementProvider { set; }

    /// <summary>Between two looks at an empty outbox; 10 s.</summary>
    TimeSpan QueryDelay { set; }

    /// <summary>Messages per query; 100.</summary>
    int QueryMessageLimit { set; }

    /// <summary>Of one query; 30 s.</summary>
    TimeSpan QueryTimeout { set; }

    /// <summary>Leaves the removal of old inbox rows to somebody else.</summary>
    void DisableInboxCleanupService();

    /// <summary>Messages published outside of a consumer become rows of the scope's <c>DbContext</c> too.</summary>
    void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null);
}
