namespace Podcast.Sweeping;

/// <summary>Claims saga instances for a sweep. Each claim is one statement, so that no other sweep takes them too.</summary>
public sealed class DueRows<TContext, TSaga>(TContext database)
    where TContext : DbContext
    where TSaga : class, IDue
{
    private const int MostDoublings = 4;

    /// <summary>
    /// Moves <see cref="IDue.DueAt"/> on by the lease, so that an instance is due again if the claimer dies. Each lease is twice as
    /// long as before, so that a queue without a running consumer does not fill with duplicates. The saga sets the real next time.
    /// </summary>
    public Task<List<Guid>> Claim(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        var least = database.Database.IsNpgsql() ? "LEAST" : "MIN";
        var (dueAt, claims) = (Column(nameof(IDue.DueAt)), Column(nameof(IDue.DueClaims)));
        return Update(
            $"{dueAt} = {{0}} + {{1}} * (1 << {least}({claims}, {MostDoublings})), {claims} = {claims} + 1",
            $"{dueAt} <= {{0}} ORDER BY {dueAt} LIMIT {{2}}",
            [database.Stored(now), database.Stored(lease), limit],
            cancellationToken);
    }

    /// <summary>The time of the instance that is due first; null if none has a time.</summary>
    public Task<DateTimeOffset?> Next(CancellationToken cancellationToken) =>
        database.Set<TSaga>().Where(saga => saga.DueAt != null).OrderBy(saga => saga.DueAt).Select(saga => saga.DueAt)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Changes rows, but for those that another transaction has locked.</summary>
    /// <param name="change">SQL: the assignments.</param>
    /// <param name="which">SQL: the condition, the order and the limit.</param>
    /// <param name="values">The parameters of both, as <see cref="RawSql"/> stores them.</param>
    /// <returns>The ids of the changed rows.</returns>
    public Task<List<Guid>> Update(string change, string which, object[] values, CancellationToken cancellationToken)
    {
        var (table, id) = (database.TableOf<TSaga>(), Column(nameof(ISaga.CorrelationId)));
        var due = $"SELECT {id} FROM {table} WHERE {which} {database.SkipLocked()}";
        var sql = $"UPDATE {table} SET {change} WHERE {id} IN ({due}) RETURNING {id}";
        return database.Database.SqlQueryRaw<Guid>(sql, values).ToListAsync(cancellationToken);
    }

    private string Column(string property) => database.ColumnOf<TSaga>(property);
}
