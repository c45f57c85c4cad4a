using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>
/// Builds lock statements with the table and column names of the <see cref="DbContext"/>'s model. They are not cached, because
/// two contexts may map the same entity type to different tables.
/// </summary>
public abstract class SqlLockStatementProvider : ILockStatementProvider
{
    private readonly string? defaultSchema;

    private protected SqlLockStatementProvider(string? defaultSchema) => this.defaultSchema = defaultSchema;

    public string GetRowLockStatement<T>(DbContext context)
        where T : class =>
        GetRowLockStatement<T>(context, nameof(ISaga.CorrelationId));

    public string GetRowLockStatement<T>(DbContext context, params string[] propertyNames)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(propertyNames);
        var (table, columns) = Names(context, typeof(T), propertyNames);
        return RowLock(table, string.Join(" AND ", columns.Select((column, index) => $"{column} = @p{index}")));
    }

    public string GetOutboxStatement(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (table, columns) = Names(context, typeof(OutboxState), [nameof(OutboxState.Created)]);
        return OldestOutbox(table, columns[0]);
    }

    private protected abstract string RowLock(string table, string condition);

    private protected abstract string OldestOutbox(string table, string created);

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

/// <summary>
/// PostgreSQL's row locks. The statements also select <c>xmin</c>, which <c>*</c> does not include, because it may be the row
/// version.
/// </summary>
public class PostgresLockStatementProvider : SqlLockStatementProvider
{
    public PostgresLockStatementProvider(bool enableSchemaCaching = true)
        : base(null)
    {
    }

    public PostgresLockStatementProvider(string schemaName, bool enableSchemaCaching = true)
        : base(schemaName)
    {
    }

    private protected override string RowLock(string table, string condition) =>
        $"SELECT *, xmin FROM {table} WHERE {condition} FOR UPDATE";

    private protected override string OldestOutbox(string table, string created) =>
        $"SELECT *, xmin FROM {table} ORDER BY {created} LIMIT 1 FOR UPDATE SKIP LOCKED";
}

/// <summary>
/// SQLite has one writer and no row locks: the statement only loads, and the immediate transaction around it locks the file.
/// </summary>
public class SqliteLockStatementProvider : SqlLockStatementProvider
{
    public SqliteLockStatementProvider(bool enableSchemaCaching = true)
        : base(null)
    {
    }

    private protected override string RowLock(string table, string condition) => $"SELECT * FROM {table} WHERE {condition}";

    private protected override string OldestOutbox(string table, string created) => $"SELECT * FROM {table} ORDER BY {created} LIMIT 1";
}
