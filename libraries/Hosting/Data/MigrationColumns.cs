using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Podcast.Hosting;

/// <summary>
/// For migrations, which are written by hand, once for both databases: a column's type follows from its CLR type, apart from these.
/// </summary>
public static class MigrationColumns
{
    /// <summary>Makes the schema of <paramref name="owner"/> on PostgreSQL; SQLite has none.</summary>
    /// <returns>The schema, for the operations that follow; null on SQLite.</returns>
    public static string? EnsureSchemaOf(this MigrationBuilder migration, string owner)
    {
        if (!migration.IsNpgsql())
            return null;

        migration.EnsureSchema(owner);
        return owner;
    }

    /// <summary>True on PostgreSQL, false on SQLite.</summary>
    public static bool IsNpgsql(this MigrationBuilder migration) =>
        migration.ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>The type of a <see cref="DateTimeOffset"/> where the context uses <see cref="Database.UseSortableTimes"/>.</summary>
    public static string Time(this MigrationBuilder migration) => migration.IsNpgsql() ? "timestamp with time zone" : "INTEGER";

    /// <summary>The type of a text that is JSON, and that PostgreSQL checks to be.</summary>
    public static string Json(this MigrationBuilder migration) => migration.IsNpgsql() ? "json" : "TEXT";

    /// <summary>The database numbers the rows.</summary>
    public static OperationBuilder<AddColumnOperation> Identity(this OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
        .Annotation("Sqlite:Autoincrement", true);
}
