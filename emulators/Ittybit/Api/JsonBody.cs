using System.Text.Json;
using System.Text.Json.Nodes;

namespace Podcast.Emulators.Ittybit.Api;

/// <summary>A request's JSON object, read before any filter so that the ledger knows even of requests that are refused.</summary>
/// <param name="Value">Null when the body was no JSON object.</param>
internal sealed record JsonBody(JsonObject? Value)
{
    private const int Limit = 1024 * 1024;

    public string? Text(string field) =>
        Value?[field] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    public static async ValueTask<JsonBody> BindAsync(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Limit;
        try
        {
            var node = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var body = node as JsonObject;
            ReadTexts(body);
            return new JsonBody(body);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or BadHttpRequestException)
        {
            return new JsonBody(Value: null);
        }
    }

    /// <summary>Nodes are lazy: names given twice, and texts that are no UTF-8 or half of a surrogate pair, show themselves now.</summary>
    private static void ReadTexts(JsonNode? node)
    {
        foreach (var inner in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
            ReadTexts(inner);
        if (node is JsonValue value)
            _ = value.TryGetValue(out string? _);
    }
}
