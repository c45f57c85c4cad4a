using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>
/// Keeps all state in one SQLite file with one connection: a write takes microseconds, memory does not grow, and everything
/// that was answered survives kill -9. The file is locked, so that two processes cannot run the same tasks.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private bool changing;

    public StateFile(EmulatorDirectory directory)
        : this(directory.StateFile, Schema.Create, IttybitEmulatorOptions.Section) =>
        directory.ForgetUnfinishedWork(); // the lock is held, so no other process uses these files

    /// <param name="path">The SQLite file.</param>
    /// <param name="schema">The SQL that creates the tables that do not exist yet.</param>
    /// <param name="section">The section of the emulator's settings, which the message about a locked file names.</param>
    public StateFile(string path, string schema, string section)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=1");
        try
        {
            connection.Open();
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            connection.Execute(schema);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            connection.Dispose();
            var message = $"Another process uses the emulator's directory {Path.GetDirectoryName(path)}.";
            throw new InvalidOperationException($"{message} Stop it, or set {section}:Directory.", exception);
        }
    }

    /// <summary>The text of a document column.</summary>
    public static string Write<T>(T document) => JsonSerializer.Serialize(document, Json);

    public T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (gate) return query(connection);
    }

    public T? Single<T>(string sql, object? arguments = null) => Read(db => db.QuerySingleOrDefault<T>(sql, arguments));

    public List<T> List<T>(string sql, object? arguments = null) => Read(db => db.Query<T>(sql, arguments).AsList());

    /// <summary>The objects whose documents the query selects.</summary>
    public List<T> Documents<T>(string sql, object? arguments = null) =>
        List<string>(sql, arguments).ConvertAll(document => JsonSerializer.Deserialize<T>(document, Json)!);

    public T? Document<T>(string sql, object? arguments = null) => Documents<T>(sql, arguments).SingleOrDefault();

    public int Execute(string sql, object? arguments = null) => Change(db => db.Execute(sql, arguments));

    /// <summary>Runs <paramref name="change"/> in a transaction. A nested call joins the outer transaction.</summary>
    public T Change<T>(Func<SqliteConnection, T> change)
    {
        lock (gate)
        {
            if (changing)
                return change(connection);

            using var transaction = connection.BeginTransaction();
            changing = true;
            try
            {
                var result = change(connection);
                transaction.Commit();
                return result;
            }
            finally
            {
                changing = false;
            }
        }
    }

    /// <summary>A named value that survives a restart.</summary>
    public string? Setting(string name) => Single<string>("SELECT value FROM settings WHERE name = @name", new { name });

    public void SaveSetting(string name, string value) => Execute(
        "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value", new { name, value });

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }
}

/// <summary>Makes ids in Ittybit's format: <c>task_</c>, <c>file_</c> or <c>med_</c>, then 16 letters or digits.</summary>
internal static class NewId
{
    public static string Task() => Of("task_");

    public static string File() => Of("file_");

    public static string Media() => Of("med_");

    public static string Of(string prefix) => prefix + RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuvwxyz", 16);
}
