namespace Podcast.Ittybit.Dialects;

/// <summary>Reads files in all formats that the API has had.</summary>
internal static class FileReader
{
    /// <summary>Reads the response of the files endpoints, which may be the task that is still fetching the file.</summary>
    public static IttybitFile ReadAnswer(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        if (content.ValueKind != JsonValueKind.Object)
            throw new JsonException("The body is not a file.");

        if (!Subject.IsFile(content) && content.Text("id") is not null && TaskReader.TryRead(body, out var task, out _))
            return (task!.Output ?? new IttybitFile { Kind = task.Kind, Ref = task.Ref }) with { Status = task.Status, TaskId = task.Id };

        var file = Read(content);
        return file is { Id: null, Url: null } ? throw new JsonException("The body is not a file: id and url are missing.") : file;
    }

    /// <summary>Reads an output: an object, or only the address or the id of a file.</summary>
    public static IttybitFile? ReadOutput(JsonElement output) => output.ValueKind switch
    {
        JsonValueKind.Object => Read(output),
        JsonValueKind.String when output.AsAddress() is { } address => new IttybitFile { Url = address },
        JsonValueKind.String when output.AsText() is { } id && id.StartsWith("file_", StringComparison.Ordinal) =>
            new IttybitFile { Id = id },
        _ => null,
    };

    public static IttybitFile Read(JsonElement content) => new()
    {
        Id = content.Text("id"),
        MediaId = content.Text("media_id"),
        Kind = content.Text("kind"),
        Type = content.Text("type"),
        Url = content.Address("url"),
        Duration = content.Amount("duration"),
        Filesize = (long?)content.Amount("filesize"),
        Width = (int?)content.Amount("width", int.MaxValue),
        Height = (int?)content.Amount("height", int.MaxValue),
        Ref = content.Text("ref"),
        Status = content.Text("status"),
    };
}
