namespace Podcast.Transistor;

/// <summary>
/// Reads the words of an error. Transistor documents no form; clients meet <c>{"errors":[{"title":…}]}</c> and
/// <c>{"message":…}</c>.
/// </summary>
internal static class ErrorBody
{
    /// <summary>Null if the body says nothing, as an HTML page does not.</summary>
    public static string? Read(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(string.IsNullOrWhiteSpace(body) ? "null" : body);
            var root = json.RootElement;
            var titles = Member(root, "errors") is { ValueKind: JsonValueKind.Array } errors
                ? errors.EnumerateArray().Select(error => Text(error) ?? Text(Member(error, "title"))).OfType<string>()
                : [];
            return string.Join("; ", titles) is { Length: > 0 } all ? all : Text(Member(root, "message")) ?? Text(Member(root, "error"));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException) // half a surrogate pair is the latter
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } words ? words : null;
}
