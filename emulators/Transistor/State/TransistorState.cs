using Microsoft.Data.Sqlite;

namespace Podcast.Emulators.Transistor;

/// <summary>Keeps JSON documents in one SQLite file, so that everything that was answered survives kill -9.</summary>
internal sealed class TransistorState : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public TransistorState(IOptions<TransistorEmulatorOptions> options)
    {
        Directory.CreateDirectory(options.Value.Directory);
        var file = Path.Combine(options.Value.Directory, "state.db");
        connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=1");
        connection.Open();
        connection.Execute(
            """
            PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS documents (kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id));
            """);
    }

    public List<(string Id, string Body)> Load(string kind)
    {
        lock (gate)
            return connection.Query<(string, string)>("SELECT id, body FROM documents WHERE kind = @kind", new { kind }).AsList();
    }

    /// <param name="body">Null removes the document.</param>
    public void Save(string kind, string id, string? body)
    {
        lock (gate)
        {
            connection.Execute(
                body is null
                    ? "DELETE FROM documents WHERE kind = @kind AND id = @id"
                    : "INSERT INTO documents VALUES (@kind, @id, @body) ON CONFLICT (kind, id) DO UPDATE SET body = @body",
                new { kind, id, body });
        }
    }

    public void Dispose()
    {
        lock (gate) connection.Dispose();
    }
}
