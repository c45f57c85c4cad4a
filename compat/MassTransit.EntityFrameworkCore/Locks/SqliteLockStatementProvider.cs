namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>
/// SQLite has one writer and no row locks: the statement only loads, and the immediate transaction around it locks the file.
/// </summary>
public class SqliteLockStatementProvider(bool enableSchemaCaching = true) : SqlLockStatementProvider(null, enableSchemaCaching)
{
    private protected override string RowLock(string table, string condition) => $"SELECT * FROM {table} WHERE {condition}";

    private protected override string OldestOutbox(string table, string created) => $"SELECT * FROM {table} ORDER BY {created} LIMIT 1";
}
