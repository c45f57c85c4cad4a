namespace Podcast.Batch.Data;

/// <summary>Reads the pending rows in pages, because there may be a million.</summary>
internal sealed class PendingRows(Backlog backlog)
{
    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;
    private string? after;

    /// <param name="limit">The most rows to count; 0: all.</param>
    public Task<long> Count(int limit, CancellationToken cancellationToken) => backlog.Database.Use(
        connection => connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT 1 FROM {table.FullName} WHERE {sql.State} = 'pending'{(limit > 0 ? " LIMIT @limit" : "")}) AS waiting",
            new { limit }),
        cancellationToken);

    /// <summary>
    /// The next rows by id. Column names are qualified: in ORDER BY, PostgreSQL takes a bare name for the result column, which is
    /// text, so 10 would sort before 2 and paging would skip rows.
    /// </summary>
    public async Task<IReadOnlyList<Candidate>> Next(int count, CancellationToken cancellationToken)
    {
        var bound = after is null ? "" : $"AND m.{sql.Id} > {backlog.Database.IdOf(table, "@after")}";
        var page = await backlog.Database.Use(
            async connection => (await connection.QueryAsync<(string Id, string? Url)>(
                $"""
                SELECT CAST(m.{sql.Id} AS text), m.{sql.Url} FROM {table.FullName} m
                WHERE m.{sql.State} = 'pending' {bound} ORDER BY m.{sql.Id} LIMIT @count
                """,
                new { after, count })).AsList(),
            cancellationToken);

        after = page is [.., var last] ? last.Id : after;
        return [.. page.Select(row => new Candidate(row.Id, row.Url))];
    }
}
