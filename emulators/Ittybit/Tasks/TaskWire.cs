namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Writes a task in the format of each generation.</summary>
internal sealed class TaskWire(FileWire files, Addresses addresses)
{
    public JsonObject Write(EmulatedTask task, UrlContext voice)
    {
        var json = new JsonObject
        {
            ["id"] = task.Id,
            ["object"] = "task",
            ["kind"] = task.Kind,
            ["status"] = TaskWords.Of(task.State, voice.Dialect),
            ["progress"] = task.Progress,
            ["error"] = task.Error,
            ["options"] = task.Options.DeepClone(),
            ["created_by"] = "key_emulator",
        };

        switch (voice.Dialect)
        {
            case Dialect.G3:
                json["inputs"] = new JsonArray(Input(task, voice));
                json["outputs"] = task.Output is { } made ? new JsonArray(files.Write(made, voice)) : new JsonArray();
                break;
            case Dialect.G5:
                json["input"] = InputUrl(task, voice);
                json["output"] = task.Output is { } output ? addresses.Of(output, voice.BaseUrl).AbsoluteUri : null;
                break;
            default:
                json["input"] = Input(task, voice);
                json["output"] = task.Output is { } file ? files.Write(file, voice) : null;
                json["parent_id"] = null;
                break;
        }

        WireTime.Write(json, voice.Dialect, task.Created, task.Updated);
        return json;
    }

    public string InputUrl(EmulatedTask task, UrlContext voice) =>
        (task.Input is { } file ? addresses.Of(file, voice.BaseUrl) : task.SourceUrl!).OriginalString;

    private JsonObject Input(EmulatedTask task, UrlContext voice) => task.Input is { } file
        ? files.Write(file, voice)
        : new JsonObject { ["object"] = "source", ["url"] = task.SourceUrl!.OriginalString };
}
