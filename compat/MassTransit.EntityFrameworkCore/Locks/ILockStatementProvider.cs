namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>
/// Provides SQL that loads rows and locks them until the transaction ends. The parameters are <c>@p0</c>, <c>@p1</c>, …
/// </summary>
public interface ILockStatementProvider
{
    /// <summary>The statement for one saga instance by its <c>CorrelationId</c>.</summary>
    string GetRowLockStatement<T>(DbContext context)
        where T : class;

    /// <summary>The statement for rows of <typeparamref name="T"/> by the given properties.</summary>
    string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class;

    /// <summary>The statement for the oldest <see cref="OutboxState"/> that is not locked.</summary>
    string GetOutboxStatement(DbContext context);
}
