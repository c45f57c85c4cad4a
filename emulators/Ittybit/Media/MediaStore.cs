namespace Podcast.Emulators.Ittybit.Media;

/// <summary>Stores media objects.</summary>
internal sealed class MediaStore(StateFile state, TimeProvider clock)
{
    /// <summary>Creates a media object; those of uploads have no title.</summary>
    public StoredMedia Add(string? title = null, string? alt = null, JsonObject? metadata = null) => state.Change(db =>
    {
        var now = clock.GetUtcNow();
        var media = new StoredMedia { Id = NewId.Media(), Title = title, Alt = alt, Metadata = metadata, Created = now, Updated = now };
        db.Execute("INSERT INTO media (id, document) VALUES (@Id, @Document)", Row(media));
        return media;
    });

    public StoredMedia? Find(string id) => state.Read(db =>
        Read(db.QuerySingleOrDefault<string>("SELECT document FROM media WHERE id = @id", new { id })));

    /// <summary>Newest first.</summary>
    public IReadOnlyList<StoredMedia> List(int offset, int limit) => state.Read(db =>
        db.Query<string>("SELECT document FROM media ORDER BY seq DESC LIMIT @limit OFFSET @offset", new { limit, offset })
            .Select(document => Read(document)!).ToList());

    public long Count() => state.Read(db => db.QuerySingle<long>("SELECT count(*) FROM media"));

    public void Save(StoredMedia media) => state.Change(db =>
        db.Execute("UPDATE media SET document = @Document WHERE id = @Id", Row(media)));

    public void Delete(string id) => state.Change(db => db.Execute("DELETE FROM media WHERE id = @id", new { id }));

    private static object Row(StoredMedia media) => new { media.Id, Document = JsonSerializer.Serialize(media, StateFile.Json) };

    private static StoredMedia? Read(string? document) =>
        document is null ? null : JsonSerializer.Deserialize<StoredMedia>(document, StateFile.Json);
}
