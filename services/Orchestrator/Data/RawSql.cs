using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Podcast.Orchestrator.Data;

/// <summary>Names and values for raw SQL, to which EF Core does not apply the model's schema and converters.</summary>
internal static class RawSql
{
    public static string TableOf<T>(this OrchestratorDbContext database)
    {
        var table = database.Model.FindEntityType(typeof(T))!;
        return database.GetService<ISqlGenerationHelper>().DelimitIdentifier(table.GetTableName()!, table.GetSchema());
    }

    /// <summary>The end of a subquery that selects rows to change: it skips rows that another transaction has locked.</summary>
    public static string SkipLocked(this OrchestratorDbContext database) => database.Database.IsNpgsql() ? "FOR UPDATE SKIP LOCKED" : "";

    public static object Stored(this OrchestratorDbContext database, TimeSpan span) =>
        database.Database.IsNpgsql() ? span : (long)span.TotalMilliseconds;

    public static object Stored(this OrchestratorDbContext database, DateTimeOffset time) =>
        database.Database.IsNpgsql() ? time : time.ToUnixTimeMilliseconds();
}
