using System.Globalization;

namespace Podcast.Media;

/// <summary>Reads JSON whose properties may be missing, or a string in one file and a number in another.</summary>
internal static partial class LooseJson
{
    /// <exception cref="OutputException">The JSON is invalid or nested too deep.</exception>
    public static T Read<T>(string what, string json, Func<JsonElement, T> read)
    {
        try
        {
            // The parser would reject a string with half a surrogate pair.
            json = Escape().Replace(json, escape => escape.Groups["half"].Success ? @"\uFFFD" : escape.Value);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return read(document.RootElement.Property("data") is { ValueKind: JsonValueKind.Object } data ? data : document.RootElement);
        }
        catch (JsonException broken)
        {
            // Most likely truncated in transfer: another round may fetch the complete file.
            throw new OutputException($"The JSON of the {what} is broken in line {broken.LineNumber + 1}.", transient: true);
        }
    }

    public static JsonElement? Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static List<JsonElement>? Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : null;

    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    public static double? Number(this JsonElement? element) =>
        double.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)")]
    private static partial Regex Escape();
}
