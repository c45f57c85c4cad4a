namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Stores the records of files; <see cref="EmulatorDirectory"/> holds their content.</summary>
internal sealed class FileStore(StateFile state)
{
    public StoredFile Add(StoredFile file)
    {
        state.Execute("INSERT INTO files (id, media_id, path, document) VALUES (@Id, @MediaId, @Path, @Document)", Row(file));
        return file;
    }

    public StoredFile? Find(string id) => state.Document<StoredFile>("SELECT document FROM files WHERE id = @id", new { id });

    /// <summary>The newest file with that path: a later upload to the same path replaces the earlier file.</summary>
    public StoredFile? At(string path) =>
        state.Document<StoredFile>("SELECT document FROM files WHERE path = @path ORDER BY seq DESC LIMIT 1", new { path });

    /// <summary>Newest first.</summary>
    public List<StoredFile> List(Paging page) =>
        state.Documents<StoredFile>("SELECT document FROM files ORDER BY seq DESC LIMIT @Limit OFFSET @Offset", page);

    public long Count() => state.Single<long>("SELECT count(*) FROM files");

    /// <summary>The files of a media object, oldest first, so that the source comes first.</summary>
    public List<StoredFile> OfMedia(string mediaId) =>
        state.Documents<StoredFile>("SELECT document FROM files WHERE media_id = @mediaId ORDER BY seq", new { mediaId });

    public void Save(StoredFile file) =>
        state.Execute("UPDATE files SET media_id = @MediaId, path = @Path, document = @Document WHERE id = @Id", Row(file));

    public void Delete(string id) => state.Execute("DELETE FROM files WHERE id = @id", new { id });

    private static object Row(StoredFile file) => new { file.Id, file.MediaId, file.Path, Document = StateFile.Write(file) };
}
