namespace Podcast.Emulators.Ittybit.Files;

/// <summary>Writes a file as Ittybit does. Unknown fields are omitted.</summary>
internal sealed class FileWire(Addresses addresses)
{
    public JsonObject Write(StoredFile file, UrlContext voice)
    {
        var json = new JsonObject
        {
            ["id"] = file.Id,
            ["media_id"] = file.MediaId,
            ["object"] = file.Object,
            ["kind"] = file.Kind,
            ["type"] = file.Type,
            ["format"] = file.Format,
            ["width"] = file.Width,
            ["height"] = file.Height,
            ["duration"] = file.Duration,
            ["fps"] = file.Fps,
            ["filesize"] = file.Filesize,
            ["bitrate"] = file.Bitrate,
            ["language"] = file.Language,
            ["ref"] = file.Ref,
            ["folder"] = file.Folder,
            ["filename"] = file.Filename,
            ["url"] = addresses.Of(file, voice.BaseUrl).AbsoluteUri,
            ["chapters"] = file.Chapters is null ? null : ChapterList(file),
            ["metadata"] = file.Metadata?.DeepClone(),
            ["status"] = "ready",
        };

        foreach (var unknown in json.Where(field => field.Value is null).Select(field => field.Key).ToList())
            json.Remove(unknown);
        WireTime.Write(json, voice.Dialect, file.Created, file.Updated);
        return json;
    }

    private static JsonArray ChapterList(StoredFile file) => new([.. file.Chapters!.Select((chapter, index) => new JsonObject
    {
        ["index"] = index,
        ["start"] = chapter.Start,
        ["end"] = chapter.End,
        ["title"] = chapter.Text,
    })]);
}

/// <summary>Writes times in the format of each generation.</summary>
internal static class WireTime
{
    public static void Write(JsonObject json, Dialect dialect, DateTimeOffset created, DateTimeOffset updated)
    {
        var named = dialect >= Dialect.G3;
        json[named ? "created_at" : "created"] = Of(created, dialect);
        json[named ? "updated_at" : "updated"] = Of(updated, dialect);
    }

    public static JsonValue Of(DateTimeOffset time, Dialect dialect) => dialect switch
    {
        Dialect.G3 => JsonValue.Create(time.ToUnixTimeSeconds()),
        Dialect.G5 => JsonValue.Create(time.ToUnixTimeMilliseconds()),
        _ => JsonValue.Create(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
    };
}
