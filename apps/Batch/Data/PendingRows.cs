namespace Podcast.Batch.Data;

/// <summary>Reads rows; the pending ones in pages, because there may be a million.</summary>
/// <param name="withAttempts">Whether attempts are read too, from the command's own table, which a dry run does not make.</param>
internal sealed class PendingRows(Backlog backlog, bool withAttempts = false)
{
    // An attempt without an outcome (claimed or released) is continued; otherwise the next attempt begins.
    private const string Attempts =
        ", i.attempt AS last, CASE WHEN i.state IN ('claimed', 'free') THEN i.attempt ELSE coalesce(i.attempt, 0) + 1 END AS next";

    private readonly TableShape table = backlog.Table;
    private string? after;

    /// <param name="limit">The most rows to count; 0: all.</param>
    public Task<long> Count(int limit, CancellationToken cancellationToken) => backlog.Database.Value<long>(
        $"SELECT count(*) FROM (SELECT 1 FROM {table.FullName} WHERE {table.State} = 'pending' {(limit > 0 ? "LIMIT @limit" : "")}) AS w",
        new { limit },
        cancellationToken);

    /// <summary>The next pending rows by id.</summary>
    public async Task<IReadOnlyList<Candidate>> Next(int count, CancellationToken cancellationToken)
    {
        var bound = after is null ? "" : $"AND {table.Id} > {backlog.IdOf("@after")}";
        var page = await Query(
            $"{table.State} = 'pending' {bound} ORDER BY {table.Id} LIMIT @count", new { table.Key, after, count }, cancellationToken);
        after = page is [.., var last] ? last.Id : after;
        return page;
    }

    /// <summary>The rows with these ids, whatever their status, as far as they exist.</summary>
    public Task<IReadOnlyList<Candidate>> Find(string[] ids, CancellationToken cancellationToken) =>
        Query(backlog.Database.IsOneOf(table.Id, "@ids", table.IdType), new { table.Key, ids }, cancellationToken);

    // The order is by "m.", the column: PostgreSQL takes a bare name for the result, which is text, so 10 would come before 2.
    private Task<IReadOnlyList<Candidate>> Query(string condition, object parameters, CancellationToken cancellationToken) =>
        backlog.Database.Query<Candidate>(
            $"""
            SELECT CAST(m.{table.Id} AS text) AS id, m.{table.Url} AS url, m.{table.State} AS status{(withAttempts ? Attempts : "")}
            FROM (SELECT {table.Id}, {table.Url}, {table.State} FROM {table.FullName} WHERE {condition}) m
            {(withAttempts ? table.JoinItems : "")} ORDER BY m.{table.Id}
            """,
            parameters,
            cancellationToken);
}
