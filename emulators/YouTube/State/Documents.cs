namespace Podcast.Emulators.YouTube.State;

/// <summary>An object of the emulator that survives a restart.</summary>
internal interface IDocument
{
    /// <summary>Unique among the documents of the same type.</summary>
    string Id { get; }

    /// <summary>The id of what the document belongs to: the video of a caption track, the channel of a video.</summary>
    string Owner { get; }
}

/// <summary>Stores all state in one SQLite file in the emulator's directory, which only one process can use.</summary>
internal sealed class Documents(IOptions<YouTubeEmulatorOptions> options) : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

        CREATE TABLE IF NOT EXISTS documents (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, document TEXT NOT NULL,
            UNIQUE (type, id));
        CREATE INDEX IF NOT EXISTS documents_by_owner ON documents (type, owner, seq);
        """;

    private readonly StateFile state = new(
        Path.Combine(Directory.CreateDirectory(options.Value.Directory).FullName, "state.db"), Schema, YouTubeEmulatorOptions.Section);

    public T? Find<T>(string id) where T : class, IDocument => state.Document<T>(
        "SELECT document FROM documents WHERE type = @type AND id = @id", new { type = typeof(T).Name, id });

    /// <summary>The documents of an owner, oldest first.</summary>
    public List<T> Of<T>(string owner) where T : IDocument => state.Documents<T>(
        "SELECT document FROM documents WHERE type = @type AND owner = @owner ORDER BY seq", new { type = typeof(T).Name, owner });

    /// <summary>All documents of a type, oldest first.</summary>
    public List<T> All<T>() where T : IDocument => state.Documents<T>(
        "SELECT document FROM documents WHERE type = @type ORDER BY seq", new { type = typeof(T).Name });

    public T Save<T>(T document) where T : IDocument
    {
        state.Execute(
            """
            INSERT INTO documents (type, id, owner, document) VALUES (@type, @Id, @Owner, @text)
            ON CONFLICT (type, id) DO UPDATE SET owner = @Owner, document = @text
            """,
            new { type = typeof(T).Name, document.Id, document.Owner, text = StateFile.Write(document) });
        return document;
    }

    public void Remove<T>(string id) where T : IDocument =>
        state.Execute("DELETE FROM documents WHERE type = @type AND id = @id", new { type = typeof(T).Name, id });

    /// <summary>Runs <paramref name="change"/> alone and in one transaction.</summary>
    public T Change<T>(Func<T> change) => state.Change(_ => change());

    public string? Setting(string name) => state.Setting(name);

    public void SaveSetting(string name, string value) => state.SaveSetting(name, value);

    public void Dispose() => state.Dispose();
}
