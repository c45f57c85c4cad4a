namespace MassTransit.EntityFrameworkCoreIntegration;

/// <summary>
/// PostgreSQL's row locks. The statements also select <c>xmin</c>, which <c>*</c> does not include, because it may be the row
/// version.
/// </summary>
public class PostgresLockStatementProvider : SqlLockStatementProvider
{
    public PostgresLockStatementProvider(bool enableSchemaCaching = true)
        : base(null, enableSchemaCaching)
    {
    }

    public PostgresLockStatementProvider(string schemaName, bool enableSchemaCaching = true)
        : base(schemaName, enableSchemaCaching)
    {
    }

    private protected override string RowLock(string table, string condition) =>
        $"SELECT *, xmin FROM {table} WHERE {condition} FOR UPDATE";

    private protected override string OldestOutbox(string table, string created) =>
        $"SELECT *, xmin FROM {table} ORDER BY {created} LIMIT 1 FOR UPDATE SKIP LOCKED";
}
