using Dapper;

namespace Podcast.Batch.Data;

/// <summary>Reads the rows that wait, a few at a time: a million of them never lie in memory.</summary>
internal sealed class PendingRows(Backlog backlog)
{
    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;
    private string? after;

    /// <param name="limit">0: all.</param>
    public Task<long> Count(int limit, CancellationToken cancellationToken) => backlog.Database.Use(
        connection => connection.ExecuteScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT 1 FROM {table.FullName} WHERE {sql.State} = 'pending'{(limit > 0 ? " LIMIT @limit" : "")}) AS waiting",
            new { limit }),
        cancellationToken);

    /// <summary>
    /// The next ones by id. Names are qualified: to PostgreSQL a bare one in ORDER BY is the result's text, where 10 comes before 2, and
    /// whoever goes on after that leaves rows out.
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
