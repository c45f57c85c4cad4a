using Microsoft.EntityFrameworkCore;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Writes the SQL that loads rows and locks them until the transaction ends. Parameters are <c>@p0</c>, <c>@p1</c>, …</summary>
public interface ILockStatementProvider
{
    /// <summary>One saga instance by its <c>CorrelationId</c>.</summary>
    string GetRowLockStatement<T>(DbContext context)
        where T : class;

    /// <summary>Rows of <typeparamref name="T"/> by the given properties.</summary>
    string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class;

    /// <summary>The oldest <see cref="OutboxState"/> that nobody holds.</summary>
    string GetOutboxStatement(DbContext context);
}
