namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>
/// The body of <c>POST /tasks</c>. Options are either flat, as in 2025-08-20, or nested in <c>options</c>; the source is given as
/// <c>file_id</c>, <c>url</c> or <c>input</c>.
/// </summary>
internal sealed record TaskRequest
{
    private static readonly string[] NotOptions = ["kind", "file_id", "url", "input", "options", "webhook_url", "folder", "filename"];

    public required string Kind { get; init; }

    public string? FileId { get; init; }

    public Uri? Url { get; init; }

    public Uri? WebhookUrl { get; init; }

    /// <summary>The flat and nested options, including <c>ref</c>.</summary>
    public required JsonObject Options { get; init; }

    public static bool TryRead(JsonBody body, out TaskRequest? request, out ApiAnswer? problem)
    {
        request = null;
        problem = body.Value is { } json ? Read(json, body, out request) : ApiAnswer.Invalid("The body must be a JSON object.");
        return problem is null;
    }

    private static ApiAnswer? Read(JsonObject json, JsonBody body, out TaskRequest? request)
    {
        request = null;
        if (body.Text("kind") is not { } kind)
            return ApiAnswer.Invalid("kind is required.");
        if (!TaskKinds.All.Contains(kind))
            return ApiAnswer.Invalid($"kind must be one of {string.Join(", ", TaskKinds.All)} (this is an emulator).");

        string?[] sources = [body.Text("file_id"), body.Text("url"), body.Text("input")];
        if (sources.Count(source => source is not null) != 1)
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "url_required", "Give exactly one of file_id, url and input.");

        Uri? url = null;
        if (body.Text("file_id") is null && !Fetcher.TryReadUrl(sources[1] ?? sources[2], out url))
            return ApiAnswer.Invalid("The source must be an absolute http or https URL.");

        Uri? webhookUrl = null;
        if (json["webhook_url"] is not null && !Fetcher.TryReadUrl(body.Text("webhook_url"), out webhookUrl))
            return ApiAnswer.Invalid("webhook_url must be an absolute http or https URL.");

        var options = Merge(json);
        if (OptionRules.Check(kind, options) is { } wrong)
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, wrong.Kind, wrong.Message);

        request = new TaskRequest { Kind = kind, FileId = sources[0], Url = url, WebhookUrl = webhookUrl, Options = options };
        return null;
    }

    private static JsonObject Merge(JsonObject json)
    {
        var options = (json["options"] as JsonObject)?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in json.Where(field => !NotOptions.Contains(field.Key)))
            options[name] = value?.DeepClone();
        return options;
    }
}
