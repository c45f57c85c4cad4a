using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Podcast.Outbox;

/// <summary>
/// Inserts any number of messages with one statement, which gets each column as an array. PostgreSQL only.
/// </summary>
internal sealed class OutboxRows
{
    private readonly string insert;
    private readonly List<IProperty> columns;

    public OutboxRows(DbContext context, string table)
    {
        columns = [.. context.Model.FindEntityType(typeof(OutboxMessage))!.GetProperties()
            .Where(property => property.Name != nameof(OutboxMessage.SequenceNumber))];
        var names = string.Join(", ", columns.Select(column => $"\"{column.GetColumnName()}\""));
        var arrays = string.Join(", ", Enumerable.Range(0, columns.Count).Select(i => $"@p{i}"));
        insert = $"""
            INSERT INTO {table} ({names})
            SELECT {names} FROM unnest({arrays}) WITH ORDINALITY AS row ({names}, number) ORDER BY number
            RETURNING "SequenceNumber"
            """;
    }

    /// <summary>Inserts them in their order, and sets their sequence numbers.</summary>
    public async Task Insert(DbContext context, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;

        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = insert;
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandTimeout = context.Database.GetCommandTimeout() ?? command.CommandTimeout;
        for (var i = 0; i < columns.Count; i++)
            command.Parameters.Add(Array($"p{i}", columns[i], messages));

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var i = 0; await reader.ReadAsync(cancellationToken); i++)
            messages[i].SequenceNumber = reader.GetInt64(0);
    }

    private static NpgsqlParameter Array(string name, IProperty column, IReadOnlyList<OutboxMessage> messages)
    {
        var mapping = column.GetRelationalTypeMapping();
        var (converter, getter) = (mapping.Converter, column.GetGetter());
        var type = converter?.ProviderClrType ?? mapping.ClrType;
        var values = System.Array.CreateInstance(
            type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type, messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            var value = getter.GetClrValue(messages[i]);
            values.SetValue(converter is null ? value : converter.ConvertToProvider(value), i);
        }

        return new NpgsqlParameter(name, values) { DataTypeName = ((RelationalTypeMapping)mapping).StoreTypeNameBase + "[]" };
    }
}
