namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Writes webhook bodies in the formats that Ittybit's guides show.</summary>
internal sealed class WebhookBody(TaskWire tasks, FileWire files, Addresses addresses, TimeProvider clock)
{
    public string Write(EmulatedTask task, ChaosDial dial)
    {
        var voice = new UrlContext(dial.Dialect, addresses.BaseOf(task));
        var body = (dial.WebhookShape, dial.Dialect) switch
        {
            (WebhookShape.W1, _) => WithResults(task, voice),
            (WebhookShape.W2, _) => Short(task, voice),
            (WebhookShape.W3, _) => NewWords(task, voice),
            (WebhookShape.W4, _) => Event(task, voice),
            (WebhookShape.W5, _) => OnlyResults(task, voice),
            (WebhookShape.W6, _) => AFile(task, voice),
            (_, Dialect.G3) => Event(task, voice),
            (_, Dialect.G5) => NewWords(task, voice),
            _ => tasks.Write(task, voice),
        };
        return WireJson.Text(body);
    }

    private JsonObject WithResults(EmulatedTask task, UrlContext voice)
    {
        var json = new JsonObject
        {
            ["id"] = task.Id,
            ["object"] = "task",
            ["kind"] = task.Kind,
            ["status"] = TaskWords.Of(task.State, voice.Dialect),
            ["results"] = Output(task, voice),
            ["error"] = task.Error,
            ["project_id"] = "proj_emulator",
            ["automation_id"] = null,
            ["created"] = WireTime.Of(task.Created, voice.Dialect),
        };
        if (task.Finished is { } finished)
            json["completed"] = WireTime.Of(finished, voice.Dialect);
        return json;
    }

    private JsonObject Short(EmulatedTask task, UrlContext voice)
    {
        var json = Head(task, voice.Dialect);
        if (Output(task, voice) is { } output)
            json["output"] = new JsonObject { ["id"] = (string?)output["id"], ["url"] = (string?)output["url"] };
        if (task.Error is not null)
            json["error"] = task.Error;
        return json;
    }

    private JsonObject NewWords(EmulatedTask task, UrlContext voice)
    {
        var json = Head(task, Dialect.G5);
        json["input"] = tasks.InputUrl(task, voice);
        json["output"] = Output(task, voice);
        json["error"] = task.Error;
        return json;
    }

    private JsonObject Event(EmulatedTask task, UrlContext voice) => new()
    {
        ["id"] = NewId.Of("evt_"),
        ["object"] = "event",
        ["kind"] = task.State switch
        {
            TaskState.Completed => "task.succeeded",
            TaskState.Failed => "task.failed",
            _ => "task.updated",
        },
        ["data"] = tasks.Write(task, voice with { Dialect = Dialect.G3 }),
        ["created_at"] = clock.GetUtcNow().ToUnixTimeSeconds(),
    };

    private JsonObject OnlyResults(EmulatedTask task, UrlContext voice)
    {
        var json = Head(task, voice.Dialect);
        json["results"] = Output(task, voice);
        if (task.Error is not null)
            json["error"] = task.Error;
        return json;
    }

    /// <summary>
    /// Writes the output file. Without one, writes a file that is not ready, so that a receiver does not take it for the end.
    /// </summary>
    private JsonObject AFile(EmulatedTask task, UrlContext voice) => Output(task, voice) ?? new JsonObject
    {
        ["object"] = "file",
        ["kind"] = task.Kind,
        ["status"] = task.State == TaskState.Failed ? "failed" : "processing",
        ["error"] = task.Error,
    };

    private static JsonObject Head(EmulatedTask task, Dialect dialect) => new()
    {
        ["id"] = task.Id,
        ["status"] = TaskWords.Of(task.State, dialect),
        ["kind"] = task.Kind,
    };

    private JsonObject? Output(EmulatedTask task, UrlContext voice) => task.Output is { } file ? files.Write(file, voice) : null;
}
