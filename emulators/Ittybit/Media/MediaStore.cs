namespace Podcast.Emulators.Ittybit.Media;

/// <summary>Stores media objects.</summary>
internal sealed class MediaStore(StateFile state, TimeProvider clock)
{
    /// <summary>Creates a media object; those of uploads have no title.</summary>
    public StoredMedia Add(string? title = null, string? alt = null, JsonObject? metadata = null)
    {
        var media = new StoredMedia(NewId.Media(), title, alt, metadata, clock.GetUtcNow(), clock.GetUtcNow());
        state.Execute("INSERT INTO media (id, document) VALUES (@Id, @Document)", new { media.Id, Document = StateFile.Write(media) });
        return media;
    }

    public StoredMedia? Find(string id) => state.Document<StoredMedia>("SELECT document FROM media WHERE id = @id", new { id });

    /// <summary>Newest first.</summary>
    public List<StoredMedia> List(Paging page) =>
        state.Documents<StoredMedia>("SELECT document FROM media ORDER BY seq DESC LIMIT @Limit OFFSET @Offset", page);

    public long Count() => state.Single<long>("SELECT count(*) FROM media");

    public void Save(StoredMedia media) =>
        state.Execute("UPDATE media SET document = @Document WHERE id = @Id", new { media.Id, Document = StateFile.Write(media) });

    public void Delete(string id) => state.Execute("DELETE FROM media WHERE id = @id", new { id });
}

/// <summary>A media object: groups an upload and its outputs. Each file refers to its media object, not the reverse.</summary>
internal sealed record StoredMedia(
    string Id, string? Title, string? Alt, JsonObject? Metadata, DateTimeOffset Created, DateTimeOffset Updated);
