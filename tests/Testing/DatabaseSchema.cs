using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Testing;

/// <summary>Describes the schema of a database as lines: columns, keys, indexes, constraints.</summary>
public static class DatabaseSchema
{
    private const string Postgres = """
        SELECT format('column %s.%s %s%s default %s identity %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, coalesce(pg_get_expr(d.adbin, d.adrelid), '-'), a.attidentity)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = to_regnamespace(@schema) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '__migrations'
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = @schema AND tablename <> '__migrations'
        UNION ALL
        SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = to_regnamespace(@schema) AND conrelid <> coalesce(to_regclass(format('%I.__migrations', @schema)), 0)
        """;

    private const string Sqlite = """
        WITH tables AS (SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_\_%' ESCAPE '\')
        SELECT 'table ' || name || CASE WHEN sql LIKE '%AUTOINCREMENT%' THEN ' autoincrement' ELSE '' END FROM tables
        UNION ALL
        SELECT printf('column %s.%s %s notnull %d default %s key %d', t.name, c.name, c.type, c."notnull", coalesce(c.dflt_value, '-'), c.pk)
        FROM tables t, pragma_table_xinfo(t.name) c
        UNION ALL
        SELECT printf('index %s.%s unique %d from %s (%s)', t.name, CASE WHEN i.origin = 'c' THEN i.name ELSE '-' END, i."unique", i.origin,
                      (SELECT group_concat(x.name || ' ' || x."desc") FROM pragma_index_xinfo(i.name) x WHERE x.key = 1))
        FROM tables t, pragma_index_list(t.name) i
        UNION ALL
        SELECT printf('foreign key %s.%s to %s.%s on delete %s', t.name, f."from", f."table", f."to", f.on_delete) FROM tables t, pragma_foreign_key_list(t.name) f
        """;

    /// <param name="schema">The schema to describe on PostgreSQL; not used on SQLite.</param>
    public static async Task<IReadOnlyList<string>> Of(DbContext context, string schema)
    {
        var connection = context.Database.GetDbConnection();
        await context.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = context.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? Sqlite : Postgres;
        Add(command, "schema", schema);

        var lines = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            lines.Add(rows.GetString(0));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value, parameter.DbType) = (name, value, DbType.String);
        command.Parameters.Add(parameter);
    }
}
