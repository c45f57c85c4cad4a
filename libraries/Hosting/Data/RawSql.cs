using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Hosting.Data;

/// <summary>
/// Names and values for raw SQL on an owned database, to which EF Core does not apply the model's schema and converters.
/// </summary>
public static class RawSql
{
    /// <summary>The table of <typeparamref name="T"/>, with its schema.</summary>
    public static string TableOf<T>(this DbContext database)
    {
        var table = Model<T>(database);
        return database.GetService<ISqlGenerationHelper>().DelimitIdentifier(table.GetTableName()!, table.GetSchema());
    }

    /// <summary>The column of a property of <typeparamref name="T"/>.</summary>
    public static string ColumnOf<T>(this DbContext database, string property) =>
        database.GetService<ISqlGenerationHelper>().DelimitIdentifier(Model<T>(database).FindProperty(property)!.GetColumnName());

    /// <summary>The end of a subquery that selects rows to change: it skips rows that another transaction has locked.</summary>
    public static string SkipLocked(this DbContext database) => database.Database.IsNpgsql() ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>A span as it is added to a stored time.</summary>
    public static object Stored(this DbContext database, TimeSpan span) =>
        database.Database.IsNpgsql() ? span : (long)span.TotalMilliseconds;

    /// <summary>A time as <see cref="Database.UseSortableTimes"/> stores it.</summary>
    public static object Stored(this DbContext database, DateTimeOffset time) =>
        database.Database.IsNpgsql() ? time : time.ToUnixTimeMilliseconds();

    private static IEntityType Model<T>(DbContext database) => database.Model.FindEntityType(typeof(T))!;
}
