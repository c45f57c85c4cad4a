namespace Podcast.Batch.Data;

/// <summary>Inserts new rows into the table.</summary>
internal sealed class Intake(Backlog backlog)
{
    private readonly ItemSql sql = backlog.Sql;
    private readonly TableShape table = backlog.Table;

    /// <summary>Finds the ids of existing rows with these addresses, by address.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Known(IReadOnlyCollection<string> urls, CancellationToken cancellationToken)
    {
        if (urls.Count == 0)
            return new Dictionary<string, string>();

        var rows = await backlog.Database.Use(
            connection => connection.QueryAsync<(string Url, string Id)>(
                $"SELECT {sql.Url}, min({sql.IdAsText}) FROM {table.FullName} WHERE {backlog.Database.IsOneOf(sql.Url, "@urls")} GROUP BY {sql.Url}",
                new { urls = urls.ToArray() }),
            cancellationToken);
        return rows.ToDictionary(row => row.Url, row => row.Id);
    }

    /// <summary>Inserts all addresses in one transaction. Returns the number of rows.</summary>
    public Task<int> Add(IReadOnlyCollection<string> urls, CancellationToken cancellationToken)
    {
        var now = backlog.Clock.GetUtcNow();
        var times = new[] { table.Names.CreatedAt, table.Names.UpdatedAt }.Where(table.Has).ToList();
        var columns = string.Concat(times.Select(column => $", {SqlText.Quote(column)}"));
        var values = string.Concat(times.Select((_, number) => $", @time{number}"));
        var insert = $"INSERT INTO {table.FullName} ({sql.Url}, {sql.State}{columns}) VALUES (@url, 'pending'{values})";

        return backlog.Database.Change(
            async connection =>
            {
                foreach (var url in urls)
                {
                    var parameters = new DynamicParameters(new { url });
                    foreach (var (number, column) in times.Index())
                        parameters.Add($"time{number}", backlog.Database.TimeOf(now, table.Columns[column].Kind));
                    await connection.ExecuteAsync(insert, parameters);
                }

                return urls.Count;
            },
            cancellationToken);
    }
}
