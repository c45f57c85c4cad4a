namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>
/// The body of <c>POST /tasks</c>. Options are either flat, as in 2025-08-20, or nested in <c>options</c>; the source is given as
/// <c>file_id</c>, <c>url</c> or <c>input</c>.
/// </summary>
/// <param name="Options">The flat and nested options, including <c>ref</c>.</param>
/// <param name="Folder">The folder of the output.</param>
internal sealed record TaskRequest(
    string Kind, string? FileId, Uri? Url, Uri? WebhookUrl, JsonObject Options, string? Folder, string? Filename)
{
    private static readonly string[] NotOptions = ["kind", "file_id", "url", "input", "options", "webhook_url", "folder", "filename"];

    /// <returns>The problem of the body; null if there is none.</returns>
    public static ApiAnswer? Read(JsonBody body, TaskKinds kinds, out TaskRequest? request)
    {
        request = null;
        if (body.Value is not { } json)
            return JsonBody.Invalid;
        if (body.Text("kind") is not { } name)
            return ApiAnswer.Invalid("kind is required.");
        if (kinds.Find(name) is not { } kind)
            return ApiAnswer.Invalid($"kind must be one of {kinds.Names} (this is an emulator).");

        string?[] sources = [body.Text("file_id"), body.Text("url"), body.Text("input")];
        if (sources.Count(source => source is not null) != 1)
            return new ApiAnswer.Error(StatusCodes.Status400BadRequest, "url_required", "Give exactly one of file_id, url and input.");

        Uri? url = null;
        if (sources[0] is null && !Fetcher.TryReadUrl(sources[1] ?? sources[2], out url))
            return ApiAnswer.Invalid("The source must be an absolute http or https URL.");

        Uri? webhookUrl = null;
        if (json["webhook_url"] is not null && !Fetcher.TryReadUrl(body.Text("webhook_url"), out webhookUrl))
            return ApiAnswer.Invalid("webhook_url must be an absolute http or https URL.");

        var options = body.Object("options") ?? [];
        foreach (var (option, value) in json.Where(field => !NotOptions.Contains(field.Key)))
            options[option] = value?.DeepClone();
        if (kind.Options.Select(rule => rule.Refusal(options)).FirstOrDefault(refusal => refusal is not null) is { } refusal)
            return refusal;

        request = new TaskRequest(name, sources[0], url, webhookUrl, options, body.Text("folder"), body.Text("filename"));
        return null;
    }
}
