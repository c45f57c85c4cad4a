using System.Globalization;
using System.Text.Json;

namespace Podcast.Processing.Outputs;

/// <summary>Reads JSON in which a thing may be missing, or a string in one file and a number in the next.</summary>
internal static class LooseJson
{
    /// <exception cref="OutputException">It is broken, nested too deep, or no Unicode.</exception>
    public static T Read<T>(string what, string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return read(document.RootElement.Property("data") is { ValueKind: JsonValueKind.Object } data ? data : document.RootElement);
        }
        catch (JsonException broken)
        {
            // Cut short on the way, most likely: another round may bring the whole.
            throw new OutputException($"The JSON of the {what} is broken in line {broken.LineNumber + 1}.", transient: true);
        }
        catch (InvalidOperationException)
        {
            throw new OutputException($"The {what} holds half a character (a lone surrogate).", transient: false);
        }
    }

    public static JsonElement? Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    public static double? Number(this JsonElement? element) =>
        double.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
