using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Podcast.Hosting;

/// <summary>
/// Helpers for migrations. They are written by hand, once for both databases: EF Core derives a column's type from its CLR type,
/// except for the types given here.
/// </summary>
public static class MigrationColumns
{
    /// <summary>Creates the schema of <paramref name="owner"/> on PostgreSQL; SQLite has no schemas.</summary>
    /// <returns>The schema, for the operations that follow; null on SQLite.</returns>
    public static string? EnsureSchemaOf(this MigrationBuilder migration, string owner)
    {
        if (!migration.IsNpgsql())
            return null;

        migration.EnsureSchema(owner);
        return owner;
    }

    /// <summary>The type of a <see cref="DateTimeOffset"/> with <see cref="Database.UseSortableTimes"/>.</summary>
    public static string Time(this MigrationBuilder migration) => migration.IsNpgsql() ? "timestamp with time zone" : "INTEGER";

    /// <summary>The type of a column that holds JSON; PostgreSQL checks that the text is valid JSON.</summary>
    public static string Json(this MigrationBuilder migration) => migration.IsNpgsql() ? "json" : "TEXT";

    /// <summary>Lets the database number the rows.</summary>
    public static OperationBuilder<AddColumnOperation> Identity(this OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
        .Annotation("Sqlite:Autoincrement", true);
}
