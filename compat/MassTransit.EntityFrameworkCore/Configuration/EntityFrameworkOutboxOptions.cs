using System.Data;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace MassTransit;

/// <summary>What <c>AddEntityFrameworkOutbox</c> was told about the transactions on <typeparamref name="TDbContext"/>.</summary>
public class EntityFrameworkOutboxOptions<TDbContext>
    where TDbContext : DbContext
{
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.RepeatableRead;

    /// <summary>Null until one is chosen; the package's default is for SQL Server.</summary>
    public ILockStatementProvider? LockStatementProvider { get; set; }
}
