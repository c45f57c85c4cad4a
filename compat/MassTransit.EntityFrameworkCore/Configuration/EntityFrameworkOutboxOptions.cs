namespace MassTransit;

/// <summary>The transaction settings of <c>AddEntityFrameworkOutbox</c> for <typeparamref name="TDbContext"/>.</summary>
public class EntityFrameworkOutboxOptions<TDbContext>
    where TDbContext : DbContext
{
    public IsolationLevel IsolationLevel { get; set; } = IsolationLevel.RepeatableRead;

    /// <summary>Null until one is set; the package's default is SQL Server's.</summary>
    public ILockStatementProvider? LockStatementProvider { get; set; }
}
