namespace Podcast.Emulators.Ittybit.Api;

/// <summary>
/// The JSON object of a request. It is bound before the filters run, so that the ledger also records refused requests.
/// </summary>
/// <param name="Value">Null if the body is not a JSON object.</param>
internal sealed record JsonBody(JsonObject? Value)
{
    public static readonly ApiAnswer Invalid = ApiAnswer.Invalid("The body must be a JSON object.");

    private const int Limit = 1024 * 1024;

    public string? Text(string field) =>
        Value?[field] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    public JsonObject? Object(string field) => (Value?[field] as JsonObject)?.DeepClone().AsObject();

    public static async ValueTask<JsonBody> BindAsync(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Limit;
        try
        {
            var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
            ReadTexts(body);
            return new JsonBody(body);
        }
        catch (Exception exception)
            when (exception is JsonException or ArgumentException or InvalidOperationException or BadHttpRequestException)
        {
            return new JsonBody(Value: null);
        }
    }

    /// <summary>
    /// Reads every node, because JSON nodes are lazy: duplicate names, invalid UTF-8 and lone surrogates throw only when read.
    /// </summary>
    private static void ReadTexts(JsonNode? node)
    {
        foreach (var inner in node as JsonArray ?? (node as JsonObject)?.Select(member => member.Value) ?? [])
            ReadTexts(inner);
        _ = node is JsonValue value && value.TryGetValue(out string? _);
    }
}
