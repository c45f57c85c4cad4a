namespace Podcast.Ingest.Api.Data;

/// <summary>Writes a row with one statement, whether it is there or not. Columns, types and conversions are those of the model.</summary>
internal static class SingleRow
{
    /// <summary>Inserts the row, or updates the one with the same key if <paramref name="condition"/> holds.</summary>
    /// <param name="key">The columns of the key.</param>
    /// <param name="condition">SQL about the rows <c>old</c> and <c>excluded</c>, which is the new one.</param>
    /// <returns>The number of rows that were written.</returns>
    public static async Task<int> InsertOrUpdate<TRow>(
        this DbContext db, TRow row, string key, string condition, CancellationToken cancellationToken)
        where TRow : class
    {
        var table = db.Model.FindEntityType(typeof(TRow))!;
        var columns = table.GetProperties().ToList();
        var names = columns.ConvertAll(column => $"\"{column.GetColumnName()}\"");
        var sql = $"""
            INSERT INTO {table.GetSchemaQualifiedTableName()} AS old ({string.Join(", ", names)})
            VALUES ({string.Join(", ", columns.Select((_, number) => $"@p{number}"))})
            ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", names.Select(name => $"{name} = excluded.{name}"))} WHERE {condition}
            """;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var values = columns.Select((column, number) => column.GetRelationalTypeMapping().CreateParameter(
            command, $"@p{number}", column.GetGetter().GetClrValue(row), column.IsNullable));
        return await db.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
    }
}
