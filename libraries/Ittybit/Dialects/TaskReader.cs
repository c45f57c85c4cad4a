namespace Podcast.Ittybit.Dialects;

/// <summary>Reads a task or job in all formats that the API has had.</summary>
internal static class TaskReader
{
    public static bool TryRead(JsonElement body, out IttybitTask? task, out string? problem)
    {
        var envelope = Envelope.Open(body);
        var content = envelope.Content;
        task = null;
        problem = content.ValueKind == JsonValueKind.Object ? null : "The body is not a JSON object.";
        if (problem is not null)
            return false;

        if (Subject.Other(envelope) is { } other)
            problem = $"The body is about a {other}, not about a task.";
        else if (Subject.IsFile(content))
            task = OfFile(content);
        else if (Id(content) is not { } id)
            problem = ErrorReader.Read(content) is null ? "id is missing, or no text." : "The body is an error, not a task.";
        else if ((content.Text("status") ?? envelope.EventWord) is { } status)
            task = Read(content, id, status);

        if (task is null)
            problem ??= "status is missing.";
        return task is not null;
    }

    /// <summary>
    /// Reads an element that <see cref="TryRead"/> rejects, if its label or callback shows which request it belongs to; otherwise
    /// null. The caller must not repeat that request, because the task may exist.
    /// </summary>
    public static IttybitTask? Doubtful(JsonElement body)
    {
        var content = Envelope.Open(body).Content;
        if (content.ValueKind != JsonValueKind.Object)
            return null;

        var id = Subject.IsFile(content) ? "" : Id(content) ?? "";
        var task = Read(content, id, content.Text("status") ?? "unknown");
        return task is { Ref: null, WebhookUrl: null } ? null : task;
    }

    /// <summary>
    /// The task's id if it is a string without replaced characters. No version of the API has numeric task ids, and Ittybit could
    /// not find a task by a mended one.
    /// </summary>
    private static string? Id(JsonElement content) =>
        content.Member("id") is { ValueKind: JsonValueKind.String } id && id.AsText() is { } text && !text.Contains('\uFFFD') ? text : null;

    private static IttybitTask Read(JsonElement content, string id, string status)
    {
        var options = content.Object("options") ?? default;
        var output = Output(content);
        var (fileId, address) = Input(content);

        return new IttybitTask
        {
            Id = id,
            Kind = content.Text("kind"),
            Status = status,
            Progress = content.Number("progress") is { } progress ? (int)Math.Clamp(Math.Round(progress), 0, 100) : null,
            Error = ErrorReader.ReadTaskError(content),
            Output = output,
            Ref = content.Text("ref") ?? options.Text("ref") ?? output?.Ref,
            WebhookUrl = content.Text("webhook_url") ?? options.Text("webhook_url"),
            InputFileId = fileId,
            InputUrl = address?.OriginalString,
            CreatedAt = content.Time("created", "created_at"),
        };
    }

    /// <summary>
    /// Reads the input: <c>input</c> as file, id or address, <c>inputs[]</c>, or the echoed <c>file_id</c> and <c>url</c>.
    /// </summary>
    private static (string? FileId, Uri? Address) Input(JsonElement content)
    {
        var input = content.Member("input") ?? content.Items("inputs").FirstOrDefault();
        if (input.ValueKind == JsonValueKind.Object)
            return (input.Text("id"), input.Address("url"));

        return input.AsAddress() is { } address
            ? (content.Text("file_id"), address)
            : (input.AsText() ?? content.Text("file_id"), content.Address("url"));
    }

    /// <summary>
    /// Reads the output: <c>output</c> as object or address, <c>outputs[]</c>, or <c>results</c> if they describe a file (they
    /// may also be the result of a condition).
    /// </summary>
    private static IttybitFile? Output(JsonElement content)
    {
        if (content.Member("output") is { } output && FileReader.ReadOutput(output) is { } file)
            return file;

        var outputs = content.Items("outputs").Select(FileReader.ReadOutput).OfType<IttybitFile>().ToList();
        return outputs.Find(candidate => candidate.Url is not null) ?? outputs.FirstOrDefault()
            ?? (content.Object("results") is { } results && results.Address("url") is not null ? FileReader.Read(results) : null);
    }

    /// <summary>
    /// Reads a webhook that contains the made file instead of its task. A file with an address counts as ready, even without a
    /// status.
    /// </summary>
    private static IttybitTask? OfFile(JsonElement content)
    {
        var file = FileReader.Read(content);
        var status = file.Status ?? (file.Url is null ? null : "ready");
        return status is null
            ? null
            : new IttybitTask { Id = "", Kind = file.Kind, Status = status, Output = file, Ref = file.Ref };
    }
}
