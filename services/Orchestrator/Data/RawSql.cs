namespace Podcast.Orchestrator.Data;

/// <summary>Table names and parameter values for raw SQL, derived from the EF Core model.</summary>
internal static class RawSql
{
    /// <summary>The table of <typeparamref name="T"/>, quoted, with its schema if it has one.</summary>
    public static string TableOf<T>(this OrchestratorDbContext database)
    {
        var table = database.Model.FindEntityType(typeof(T))!;
        return table.GetSchema() is { } schema ? $"\"{schema}\".\"{table.GetTableName()}\"" : $"\"{table.GetTableName()}\"";
    }

    /// <summary>The end of a subquery that selects rows to change: it skips rows that another transaction has locked.</summary>
    public static string SkipLocked(this OrchestratorDbContext database) => database.Database.IsNpgsql() ? "FOR UPDATE SKIP LOCKED" : "";

    public static object Stored(this OrchestratorDbContext database, TimeSpan span) =>
        database.Database.IsNpgsql() ? span : (long)span.TotalMilliseconds;

    // EF Core does not apply the model's value converter to a raw parameter.
    public static object Stored(this OrchestratorDbContext database, DateTimeOffset time)
    {
        var converter = database.Model.FindEntityType(typeof(EpisodeState))!
            .FindProperty(nameof(EpisodeState.DueAt))!
            .GetTypeMapping().Converter;
        return converter?.ConvertToProvider(time) ?? time;
    }
}
