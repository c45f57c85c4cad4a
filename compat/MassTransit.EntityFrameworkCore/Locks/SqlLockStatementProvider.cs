using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>Builds lock statements with the table and column names of the <see cref="DbContext"/>'s model.</summary>
public abstract class SqlLockStatementProvider : ILockStatementProvider
{
    // Cached per model, because two contexts may map the same entity type to different tables.
    private readonly ConditionalWeakTable<IModel, ConcurrentDictionary<string, string>> statements = [];
    private readonly string? defaultSchema;
    private readonly bool caches;

    private protected SqlLockStatementProvider(string? defaultSchema, bool enableSchemaCaching)
    {
        this.defaultSchema = defaultSchema;
        caches = enableSchemaCaching;
    }

    public string GetRowLockStatement<T>(DbContext context)
        where T : class =>
        GetRowLockStatement<T>(context, nameof(ISaga.CorrelationId));

    public string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(propertyNames);
        return Cached(context, $"{typeof(T).FullName}({string.Join(",", propertyNames)})", () =>
        {
            var (table, columns) = Names(context, typeof(T), propertyNames);
            return RowLock(table, string.Join(" AND ", columns.Select((column, index) => $"{column} = @p{index}")));
        });
    }

    public string GetOutboxStatement(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Cached(context, nameof(OutboxState), () =>
        {
            var (table, columns) = Names(context, typeof(OutboxState), [nameof(OutboxState.Created)]);
            return OldestOutbox(table, columns[0]);
        });
    }

    private protected abstract string RowLock(string table, string condition);

    private protected abstract string OldestOutbox(string table, string created);

    private string Cached(DbContext context, string key, Func<string> create) =>
        caches ? statements.GetOrCreateValue(context.Model).GetOrAdd(key, _ => create()) : create();

    private (string Table, string[] Columns) Names(DbContext context, Type type, string[] propertyNames)
    {
        var entity = context.Model.FindEntityType(type) ?? throw new InvalidOperationException($"Entity type not found: {type.Name}");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"Entity type has no table: {type.Name}");
        var sql = context.GetService<ISqlGenerationHelper>();

        return (
            sql.DelimitIdentifier(table.Name, table.Schema ?? defaultSchema),
            [.. propertyNames.Select(name => sql.DelimitIdentifier(Column(name)))]);

        string Column(string name) => entity.FindProperty(name)?.GetColumnName(table)
            ?? throw new InvalidOperationException($"{type.Name}.{name} has no column");
    }
}
