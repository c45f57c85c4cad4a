using Podcast.Emulators.Ittybit.Media;

namespace Podcast.Emulators.Ittybit.Api;

/// <summary>Writes files, media and tasks as Ittybit does, in the dialect and with the base URL that suit one reader.</summary>
internal sealed record Wire(Dialect Dialect, Uri BaseUrl, Addresses Addresses, FileStore Files)
{
    public static ValueTask<Wire> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var addresses = services.GetRequiredService<Addresses>();
        var dialect = services.GetRequiredService<ChaosControl>().Dial.Dialect;
        return ValueTask.FromResult(new Wire(dialect, addresses.BaseOf(http.Request), addresses, services.GetRequiredService<FileStore>()));
    }

    /// <summary>Unknown fields are omitted.</summary>
    public JsonObject Write(StoredFile file)
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
            ["url"] = UrlOf(file),
            ["chapters"] = file.Chapters is { } chapters ? TimedText.ChapterList(chapters) : null,
            ["metadata"] = file.Metadata?.DeepClone(),
            ["status"] = "ready",
        };
        foreach (var unknown in json.Where(field => field.Value is null).Select(field => field.Key).ToList())
            json.Remove(unknown);
        return WithTimes(json, file.Created, file.Updated);
    }

    /// <summary>Kind and size are those of the source; <c>urls</c> has the files by <c>ref</c>.</summary>
    public JsonObject Write(StoredMedia media)
    {
        var own = Files.OfMedia(media.Id);
        var source = own.Find(file => !file.IsOutput);
        var urls = new JsonObject();
        foreach (var file in own)
            urls[file.Ref ?? file.Id] = UrlOf(file);

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
            ["files"] = new JsonArray([.. own.Select(Write)]),
            ["urls"] = urls,
            ["background"] = null,
            ["metadata"] = media.Metadata?.DeepClone(),
        };
        return WithTimes(json, media.Created, media.Updated);
    }

    public JsonObject Write(EmulatedTask task)
    {
        var json = new JsonObject
        {
            ["id"] = task.Id,
            ["object"] = "task",
            ["kind"] = task.Kind,
            ["status"] = TaskWords.Of(task.State, Dialect),
            ["progress"] = task.Progress,
            ["error"] = task.Error,
            ["options"] = task.Options.DeepClone(),
            ["created_by"] = "key_emulator",
        };

        switch (Dialect)
        {
            case Dialect.G3:
                json["inputs"] = new JsonArray(Input(task));
                json["outputs"] = Output(task) is { } output ? new JsonArray(output) : new JsonArray();
                break;
            case Dialect.G5:
                json["input"] = InputUrl(task);
                json["output"] = task.Output is { } file ? UrlOf(file) : null;
                break;
            default:
                json["input"] = Input(task);
                json["output"] = Output(task);
                json["parent_id"] = null;
                break;
        }

        return WithTimes(json, task.Created, task.Updated);
    }

    public JsonObject? Output(EmulatedTask task) => task.Output is { } file ? Write(file) : null;

    public string InputUrl(EmulatedTask task) => (task.Input is { } file ? Addresses.Of(file, BaseUrl) : task.SourceUrl!).OriginalString;

    public JsonValue Time(DateTimeOffset time) => Dialect switch
    {
        Dialect.G3 => JsonValue.Create(time.ToUnixTimeSeconds()),
        Dialect.G5 => JsonValue.Create(time.ToUnixTimeMilliseconds()),
        _ => JsonValue.Create(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
    };

    private JsonObject Input(EmulatedTask task) => task.Input is { } file
        ? Write(file)
        : new JsonObject { ["object"] = "source", ["url"] = task.SourceUrl!.OriginalString };

    private string UrlOf(StoredFile file) => Addresses.Of(file, BaseUrl).AbsoluteUri;

    private JsonObject WithTimes(JsonObject json, DateTimeOffset created, DateTimeOffset updated)
    {
        var suffix = Dialect >= Dialect.G3 ? "_at" : "";
        json["created" + suffix] = Time(created);
        json["updated" + suffix] = Time(updated);
        return json;
    }
}
