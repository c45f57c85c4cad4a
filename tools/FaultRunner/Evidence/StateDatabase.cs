using Microsoft.Data.Sqlite;

namespace Podcast.FaultRunner.Evidence;

/// <summary>The state file of an emulator that has ended.</summary>
internal static class StateDatabase
{
    /// <param name="directory">The emulator's directory.</param>
    public static List<T> Read<T>(string directory, string query, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "state.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }
}
