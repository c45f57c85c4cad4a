namespace Podcast.Emulators.Ittybit.Webhooks;

/// <summary>Writes webhook bodies in the formats that Ittybit's guides show.</summary>
internal sealed class WebhookBody(FileStore files, Addresses addresses, TimeProvider clock)
{
    public string Write(EmulatedTask task, ChaosDial dial)
    {
        var wire = new Wire(dial.Dialect, addresses.BaseOf(task), addresses, files);
        return WireJson.Text((dial.WebhookShape, dial.Dialect) switch
        {
            (WebhookShape.W1, _) => WithResults(task, wire),
            (WebhookShape.W2, _) => Short(task, wire),
            (WebhookShape.W3, _) or (WebhookShape.Auto, Dialect.G5) => NewWords(task, wire),
            (WebhookShape.W4, _) or (WebhookShape.Auto, Dialect.G3) => Event(task, wire),
            (WebhookShape.W5, _) => OnlyResults(task, wire),
            (WebhookShape.W6, _) => AFile(task, wire),
            _ => wire.Write(task),
        });
    }

    private static JsonObject WithResults(EmulatedTask task, Wire wire)
    {
        var json = new JsonObject
        {
            ["id"] = task.Id,
            ["object"] = "task",
            ["kind"] = task.Kind,
            ["status"] = TaskWords.Of(task.State, wire.Dialect),
            ["results"] = wire.Output(task),
            ["error"] = task.Error,
            ["project_id"] = "proj_emulator",
            ["automation_id"] = null,
            ["created"] = wire.Time(task.Created),
        };
        if (task.Finished is { } finished)
            json["completed"] = wire.Time(finished);
        return json;
    }

    private static JsonObject Short(EmulatedTask task, Wire wire)
    {
        var json = Head(task, wire.Dialect);
        if (wire.Output(task) is { } output)
            json["output"] = new JsonObject { ["id"] = (string?)output["id"], ["url"] = (string?)output["url"] };
        return WithError(json, task);
    }

    private static JsonObject NewWords(EmulatedTask task, Wire wire)
    {
        var json = Head(task, Dialect.G5);
        json["input"] = wire.InputUrl(task);
        json["output"] = wire.Output(task);
        json["error"] = task.Error;
        return json;
    }

    private JsonObject Event(EmulatedTask task, Wire wire) => new()
    {
        ["id"] = NewId.Of("evt_"),
        ["object"] = "event",
        ["kind"] = task.State switch
        {
            TaskState.Completed => "task.succeeded",
            TaskState.Failed => "task.failed",
            _ => "task.updated",
        },
        ["data"] = (wire with { Dialect = Dialect.G3 }).Write(task),
        ["created_at"] = clock.GetUtcNow().ToUnixTimeSeconds(),
    };

    private static JsonObject OnlyResults(EmulatedTask task, Wire wire)
    {
        var json = Head(task, wire.Dialect);
        json["results"] = wire.Output(task);
        return WithError(json, task);
    }

    /// <summary>
    /// Writes the output file. Without one, writes a file that is not ready, so that a receiver does not take it for the end.
    /// </summary>
    private static JsonObject AFile(EmulatedTask task, Wire wire) => wire.Output(task) ?? new JsonObject
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

    private static JsonObject WithError(JsonObject json, EmulatedTask task)
    {
        if (task.Error is not null)
            json["error"] = task.Error;
        return json;
    }
}
