using CsvHelper;
using CsvHelper.Configuration;

namespace Podcast.Batch.Files;

/// <summary>Writes the table's rows as CSV, without loading all of them.</summary>
internal static class Export
{
    private static readonly string[] Header =
        ["id", "url", "processing_status", "ittybit_task_id", "output_url", "processed_at", "attempts", "dispatched_at", "cause", "error"];

    /// <returns>The number of rows.</returns>
    public static Task<long> Run(Backlog backlog, string? status, TextWriter output, CancellationToken cancellationToken)
    {
        var (table, sql) = (backlog.Table, backlog.Sql);
        var only = status is null ? "" : $"WHERE m.{sql.State} = @status";

        return backlog.Database.Use(
            async connection =>
            {
                await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
                    $"""
                    SELECT CAST(m.{sql.Id} AS text), m.{sql.Url}, m.{sql.State}, m.{sql.TaskId}, m.{SqlText.Quote(table.Names.OutputUrl)},
                           m.{SqlText.Quote(table.Names.ProcessedAt)}, i.attempt, i.sent_at, i.cause, i.error
                    FROM {table.FullName} m LEFT JOIN {sql.Items} i ON i.table_name = @Key AND i.item_id = CAST(m.{sql.Id} AS text)
                    {only} ORDER BY m.{sql.Id}
                    """,
                    new { table.Key, status },
                    commandTimeout: 0,
                    cancellationToken: cancellationToken));

                // Values that begin like a formula are escaped, so that spreadsheets do not execute them.
                await using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture)
                {
                    NewLine = "\n",
                    InjectionOptions = InjectionOptions.Escape,
                }, leaveOpen: true);
                foreach (var name in Header)
                    csv.WriteField(name);
                await csv.NextRecordAsync();

                var count = 0L;
                while (await rows.ReadAsync(cancellationToken))
                {
                    for (var column = 0; column < rows.FieldCount; column++)
                        csv.WriteField(Text(column, await rows.IsDBNullAsync(column, cancellationToken) ? null : rows.GetValue(column)));
                    await csv.NextRecordAsync();
                    count++;
                }

                return count;
            },
            cancellationToken);
    }

    private static string? Text(int column, object? value) => Header[column] switch
    {
        "processed_at" => Times.Read(value) is { } time ? Times.Text(time) : null,
        "dispatched_at" when value is not null => Times.Text(DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
