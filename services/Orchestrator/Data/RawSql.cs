using Microsoft.EntityFrameworkCore;
using Podcast.Orchestrator.Episodes;

namespace Podcast.Orchestrator.Data;

/// <summary>What a statement of our own takes from the model: names of tables, and values as they are stored.</summary>
internal static class RawSql
{
    /// <summary>The table of <typeparamref name="T"/>, quoted, with its schema if it has one.</summary>
    public static string TableOf<T>(this OrchestratorDbContext database)
    {
        var table = database.Model.FindEntityType(typeof(T))!;
        return table.GetSchema() is { } schema ? $"\"{schema}\".\"{table.GetTableName()}\"" : $"\"{table.GetTableName()}\"";
    }

    /// <summary>At the end of a subquery that picks rows: those that another transaction holds are left to a later statement.</summary>
    public static string SkipLocked(this OrchestratorDbContext database) => database.Database.IsNpgsql() ? "FOR UPDATE SKIP LOCKED" : "";

    public static object Stored(this OrchestratorDbContext database, TimeSpan span) =>
        database.Database.IsNpgsql() ? span : (long)span.TotalMilliseconds;

    // A raw parameter does not pass through the model's conversion of times.
    public static object Stored(this OrchestratorDbContext database, DateTimeOffset time)
    {
        var converter = database.Model.FindEntityType(typeof(EpisodeState))!
            .FindProperty(nameof(EpisodeState.DueAt))!
            .GetTypeMapping().Converter;
        return converter?.ConvertToProvider(time) ?? time;
    }
}
