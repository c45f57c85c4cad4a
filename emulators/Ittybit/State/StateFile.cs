using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace Podcast.Emulators.Ittybit.State;

/// <summary>
/// Keeps all state in one SQLite file with one connection: a write takes microseconds, memory does not grow, and everything
/// that was answered survives kill -9. The file is locked, so that two processes cannot run the same tasks.
/// </summary>
internal sealed class StateFile : IDisposable
{
    /// <summary>The JSON format of the document columns.</summary>
    public static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private bool changing;

    public StateFile(EmulatorDirectory directory)
    {
        connection = new SqliteConnection($"Data Source={directory.StateFile};Pooling=False;Default Timeout=1");
        try
        {
            connection.Open();
            connection.Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
            connection.Execute(Schema.Create);
            directory.ForgetUnfinishedWork(); // the lock is held, so no other process uses these files
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            connection.Dispose();
            throw new InvalidOperationException(
                $"Another process uses the emulator's directory {Path.GetDirectoryName(directory.StateFile)}. Stop it, or set {IttybitEmulatorOptions.Section}:Directory.", exception);
        }
    }

    public T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (gate) return query(connection);
    }

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

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }
}
