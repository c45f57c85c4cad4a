namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Stores the records of files; <see cref="EmulatorDirectory"/> holds their content.</summary>
internal sealed class FileStore(StateFile state)
{
    public StoredFile Add(StoredFile file) => state.Change(db =>
    {
        db.Execute("INSERT INTO files (id, media_id, path, document) VALUES (@Id, @MediaId, @Path, @Document)", Row(file));
        return file;
    });

    public StoredFile? Find(string id) => state.Read(db =>
        Read(db.QuerySingleOrDefault<string>("SELECT document FROM files WHERE id = @id", new { id })));

    /// <summary>The newest file with that path: a later upload to the same path replaces the earlier file.</summary>
    public StoredFile? At(string path) => state.Read(db =>
        Read(db.QueryFirstOrDefault<string>("SELECT document FROM files WHERE path = @path ORDER BY seq DESC LIMIT 1", new { path })));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredFile> List(int offset, int limit) => state.Read(db =>
        db.Query<string>("SELECT document FROM files ORDER BY seq DESC LIMIT @limit OFFSET @offset", new { limit, offset })
            .Select(document => Read(document)!).ToList());

    public long Count() => state.Read(db => db.QuerySingle<long>("SELECT count(*) FROM files"));

    /// <summary>The files of a media object, oldest first, so that the source comes first.</summary>
    public IReadOnlyList<StoredFile> OfMedia(string mediaId) => state.Read(db =>
        db.Query<string>("SELECT document FROM files WHERE media_id = @mediaId ORDER BY seq", new { mediaId })
            .Select(document => Read(document)!).ToList());

    public void Save(StoredFile file) => state.Change(db =>
        db.Execute("UPDATE files SET media_id = @MediaId, path = @Path, document = @Document WHERE id = @Id", Row(file)));

    public void Delete(string id) => state.Change(db => db.Execute("DELETE FROM files WHERE id = @id", new { id }));

    private static object Row(StoredFile file) =>
        new { file.Id, file.MediaId, file.Path, Document = JsonSerializer.Serialize(file, StateFile.Json) };

    private static StoredFile? Read(string? document) =>
        document is null ? null : JsonSerializer.Deserialize<StoredFile>(document, StateFile.Json);
}
