using System.Globalization;
using System.Text.Json;
using Podcast.Contracts;

namespace Podcast.Processing.Transcripts;

/// <summary>
/// Ittybit's speech file: <c>text[]</c>, <c>language</c> or <c>languages[]</c>, and <c>timeline[{start,end,speaker,text}]</c> in seconds
/// (ittybit.com/docs/speech, ittybit.dev/docs/speech).
/// </summary>
internal static class SpeechJson
{
    public static Transcript Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            // Cut short on the way, most likely: another round may bring the whole.
            throw new TranscriptException($"The transcript's JSON is broken in line {broken.LineNumber + 1}.", transient: true);
        }
        catch (InvalidOperationException)
        {
            throw new TranscriptException("The transcript holds half a character (a lone surrogate).", transient: false);
        }
    }

    private static Transcript Read(JsonElement root)
    {
        var speech = Property(root, "data") is { ValueKind: JsonValueKind.Object } data ? data : root;
        var timeline = speech.ValueKind == JsonValueKind.Array ? speech : Property(speech, "timeline");
        var text = Property(speech, "text");
        if (text is null && timeline is null)
            throw new TranscriptException("The transcript's JSON has neither \"text\" nor \"timeline\".", transient: false);

        var lines = Lines(timeline);
        var words = Words(text);
        if (words is null && lines.Count == 0 && Property(speech, "detected") is { ValueKind: JsonValueKind.False })
            throw new TranscriptException("Ittybit heard no speech.", transient: false);

        return Transcript.Of(words, Text(Property(speech, "language")) ?? Text(First(Property(speech, "languages"))), lines);
    }

    private static List<TranscriptLine> Lines(JsonElement? timeline)
    {
        if (timeline is null or { ValueKind: JsonValueKind.Null })
            return [];
        if (timeline is not { ValueKind: JsonValueKind.Array } array)
            throw new TranscriptException("The transcript's \"timeline\" is no list.", transient: false);

        var lines = new List<TranscriptLine>();
        foreach (var item in array.EnumerateArray())
        {
            // Stretches without words are in the list as well.
            if (Text(Property(item, "text")) is { } words && !string.IsNullOrWhiteSpace(words))
                lines.Add(new TranscriptLine(
                    Seconds(item, "start", lines.Count + 1), Seconds(item, "end", lines.Count + 1), words, Text(Property(item, "speaker"))));
        }

        return lines;
    }

    private static double Seconds(JsonElement item, string name, int number)
    {
        var written = Text(Property(item, name));
        return double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw new TranscriptException($"Line {number} of the transcript has no \"{name}\" in seconds.", transient: false);
    }

    private static string? Words(JsonElement? text) => text switch
    {
        { ValueKind: JsonValueKind.Array } paragraphs =>
            Joined(paragraphs.EnumerateArray().Select(paragraph => Text(paragraph)).Where(words => !string.IsNullOrWhiteSpace(words))),
        _ => Joined([Text(text)]),
    };

    private static string? Joined(IEnumerable<string?> parts) => string.Join('\n', parts) is { Length: > 0 } joined ? joined : null;

    private static JsonElement? First(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : null;

    /// <summary>Speakers and times are numbers in some files and strings in others.</summary>
    private static string? Text(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => null,
    };

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
