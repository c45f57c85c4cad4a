using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Podcast.Hosting.Data;

/// <summary>
/// SQL that writes any number of rows with one statement, which gets them as one JSON array: its text, and with it the plan, does
/// not depend on their number. Columns, types and conversions are those of the model, on PostgreSQL and on SQLite.
/// </summary>
public static class JsonRows
{
    /// <summary>Inserts the rows of the array <c>{0}</c> in their order; an <c>ON CONFLICT</c> may follow.</summary>
    public static string InsertRows<TRow>(this DbContext db)
    {
        var (table, columns) = Table<TRow>(db);
        var names = columns.Select(Name);
        var values = columns.Select(column => $"CAST(value ->> '{column.GetColumnName()}' AS {column.GetColumnType()})");
        var array = db.Database.IsNpgsql() ? "jsonb_array_elements(CAST({0} AS jsonb))" : "json_each({0})";
        return $"INSERT INTO {table.GetSchemaQualifiedTableName()} AS old ({Join(names)}) SELECT {Join(values)} FROM {array} WHERE true";
    }

    /// <summary>Updates a row that is there, unless nothing in it would change.</summary>
    /// <param name="key">The columns of the unique index that tells that it is there.</param>
    /// <param name="once">The properties that only an insert sets.</param>
    /// <param name="unlessNull">The properties that keep their value if the new one is null.</param>
    public static string OrUpdate<TRow>(this DbContext db, string key, string[] once, string[] unlessNull)
    {
        var columns = Table<TRow>(db).Columns.Where(column => !once.Contains(column.Name)).ToList();
        var values = columns.Select(column => unlessNull.Contains(column.Name)
            ? $"{Name(column)} = COALESCE(excluded.{Name(column)}, old.{Name(column)})"
            : $"{Name(column)} = excluded.{Name(column)}");
        return $"ON CONFLICT ({key}) DO UPDATE SET {Join(values)} WHERE ({Join(Row("old"))}) IS DISTINCT FROM ({Join(Row("excluded"))})";

        // The type json has no equality.
        IEnumerable<string> Row(string row) => columns.Select(column =>
            column.GetColumnType() == "json" ? $"CAST({row}.{Name(column)} AS text)" : $"{row}.{Name(column)}");
    }

    /// <summary>The array for <see cref="InsertRows"/>.</summary>
    public static string RowsAsJson<TRow>(this DbContext db, IEnumerable<TRow> rows)
        where TRow : class
    {
        var columns = Table<TRow>(db).Columns
            .Select(column => (Name: column.GetColumnName(), Get: column.GetGetter(), Writer: WriterOf(column))).ToList();
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            foreach (var (name, getter, writer) in columns)
            {
                if (getter.GetClrValue(row) is not { } value)
                    continue; // a field that is missing is null
                json.WritePropertyName(name);
                writer.ToJson(json, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static (IEntityType Table, List<IProperty> Columns) Table<TRow>(DbContext db)
    {
        var table = db.Model.FindEntityType(typeof(TRow))!;
        return (table, table.GetProperties().Where(column => column.ValueGenerated == ValueGenerated.Never).ToList());
    }

    private static JsonValueReaderWriter WriterOf(IProperty column) =>
        column.GetJsonValueReaderWriter() ?? column.GetTypeMapping().JsonValueReaderWriter!;

    private static string Name(IProperty column) => $"\"{column.GetColumnName()}\""; // by is a word of SQL

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
}
