namespace Podcast.Emulators.Ittybit.Media;

/// <summary>
/// Writes a media object as Ittybit does: with its files and their URLs by <c>ref</c>; kind and size are those of the source.
/// </summary>
internal sealed class MediaWire(FileStore files, FileWire fileWire, Addresses addresses)
{
    public JsonObject Write(StoredMedia media, UrlContext voice)
    {
        var own = files.OfMedia(media.Id);
        var source = own.FirstOrDefault(file => !file.IsOutput);
        var urls = new JsonObject();
        foreach (var file in own)
            urls[file.Ref ?? file.Id] = addresses.Of(file, voice.BaseUrl).AbsoluteUri;

        var json = new JsonObject
        {
            ["id"] = media.Id,
            ["object"] = "media",
            ["kind"] = source?.Kind,
            ["title"] = media.Title,
            ["alt"] = media.Alt,
            ["width"] = source?.Width,
            ["height"] = source?.Height,
            ["duration"] = source?.Duration,
            ["files"] = new JsonArray([.. own.Select(file => fileWire.Write(file, voice))]),
            ["urls"] = urls,
            ["background"] = null,
            ["metadata"] = media.Metadata?.DeepClone(),
        };
        WireTime.Write(json, voice.Dialect, media.Created, media.Updated);
        return json;
    }
}
