namespace Podcast.Batch.Files;

/// <summary>Inserts addresses into the table. One that occurs twice, in the file or in the table, is inserted once.</summary>
internal sealed class Import(Backlog backlog, TextWriter errors)
{
    private const int Chunk = 200;
    private const int MostTold = 20;

    private readonly TableShape table = backlog.Table;

    public int Added { get; private set; }

    public int Duplicates { get; private set; }

    public int Refused { get; private set; }

    public async Task Run(IEnumerable<(int Line, string Url, string? Problem)> lines, CancellationToken cancellationToken)
    {
        foreach (var chunk in lines.Chunk(Chunk))
            await Take(chunk, cancellationToken);
        if (Duplicates + Refused - MostTold is > 0 and var more)
            await errors.WriteLineAsync($"… and {more} more.");
    }

    private async Task Take((int Line, string Url, string? Problem)[] chunk, CancellationToken cancellationToken)
    {
        var fresh = new Dictionary<string, int>(StringComparer.Ordinal);
        var read = chunk.Select(line => (line.Line, line.Url, Problem: line.Problem ?? Problem(line.Url))).ToList();

        // Only valid addresses: the database may refuse the others even as parameters.
        var known = await Known([.. read.Where(line => line.Problem is null).Select(line => line.Url).Distinct()], cancellationToken);
        foreach (var (line, url, problem) in read)
        {
            if (problem is not null)
                LeaveOut(line, problem);
            else if (known.TryGetValue(url, out var id))
                LeaveOut(line, $"is media #{id} already.", isDuplicate: true);
            else if (!fresh.TryAdd(url, line))
                LeaveOut(line, $"is the same as line {fresh[url]}.", isDuplicate: true);
        }

        await Add([.. fresh], cancellationToken);
    }

    /// <summary>The ids of the rows that have these addresses, by address.</summary>
    private async Task<Dictionary<string, string>> Known(string[] urls, CancellationToken cancellationToken)
    {
        var rows = await backlog.Database.Query<(string Url, string Id)>(
            $"""
            SELECT {table.Url}, min(CAST({table.Id} AS text)) FROM {table.FullName}
            WHERE {backlog.Database.IsOneOf(table.Url, "@urls")} GROUP BY {table.Url}
            """,
            new { urls },
            cancellationToken);
        return rows.ToDictionary(row => row.Url, row => row.Id);
    }

    /// <summary>Inserts the rows in one transaction, or one by one to find out which of them the database refuses.</summary>
    private async Task Add(KeyValuePair<string, int>[] rows, CancellationToken cancellationToken)
    {
        try
        {
            Added += await backlog.Database.Change(connection => Insert(connection, rows.Select(row => row.Key)), cancellationToken);
        }
        catch (Exception exception) when (rows.Length > 1 && backlog.Database.IsRowsFault(exception))
        {
            foreach (var row in rows)
                await Add([row], cancellationToken);
        }
        catch (Exception exception) when (backlog.Database.IsDuplicate(exception))
        {
            LeaveOut(rows[0].Value, "is there already.", isDuplicate: true);
        }
        catch (Exception exception) when (backlog.Database.IsRowsFault(exception))
        {
            LeaveOut(rows[0].Value, $"The table does not take it: {Databases.Reason(exception)}");
        }
    }

    private Task<int> Insert(DbConnection connection, IEnumerable<string> urls)
    {
        var (now, created, updated) = (backlog.Clock.GetUtcNow(), table.Names.CreatedAt, table.Names.UpdatedAt);
        return connection.ExecuteAsync(
            $"""
            INSERT INTO {table.FullName}
                ({table.Url}, {table.State}{If(created, TableShape.Quote(created))}{If(updated, TableShape.Quote(updated))})
            VALUES (@url, 'pending'{If(created, "@created")}{If(updated, "@updated")})
            """,
            urls.Select(url => new { url, created = backlog.TimeOf(now, created), updated = backlog.TimeOf(now, updated) }));

        string If(string column, string words) => table.Has(column) ? $", {words}" : "";
    }

    private static string? Problem(string url) => EncodedText.IsUnreadable(url)
        ? $"'{MediaUrl.Shown(EncodedText.Shown(url))}' is not in the file's encoding. "
            + "It must be UTF-8, or UTF-16 with a byte order mark, or the one that --encoding names (latin1, windows-1252 …)."
        : MediaUrl.Problem(url);

    private void LeaveOut(int line, string why, bool isDuplicate = false)
    {
        _ = isDuplicate ? Duplicates++ : Refused++;
        if (Duplicates + Refused <= MostTold)
            errors.WriteLine($"Line {line}: {(isDuplicate ? "duplicate, " : "refused. ")}{why}");
    }
}
