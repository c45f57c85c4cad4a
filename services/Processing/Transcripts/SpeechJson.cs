using System.Text.Json;
using Podcast.Contracts;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Transcripts;

/// <summary>
/// Ittybit's speech file: <c>text[]</c>, <c>language</c> or <c>languages[]</c>, and <c>timeline[{start,end,speaker,text}]</c> in seconds
/// (ittybit.com/docs/speech, ittybit.dev/docs/speech).
/// </summary>
internal static class SpeechJson
{
    public static Transcript Read(string json) => LooseJson.Read("transcript", json, Read);

    private static Transcript Read(JsonElement speech)
    {
        var timeline = speech.ValueKind == JsonValueKind.Array ? speech : speech.Property("timeline");
        var text = speech.Property("text");
        if (text is null && timeline is null)
            throw new OutputException("The JSON of the transcript has neither \"text\" nor \"timeline\".", transient: false);

        var lines = Lines(timeline);
        var words = Words(text);
        if (words is null && lines.Count == 0 && speech.Property("detected") is { ValueKind: JsonValueKind.False })
            throw new OutputException("Ittybit heard no speech.", transient: false);

        return Transcript.Of(words, speech.Property("language").Text() ?? First(speech.Property("languages")).Text(), lines);
    }

    private static List<TranscriptLine> Lines(JsonElement? timeline)
    {
        if (timeline is null or { ValueKind: JsonValueKind.Null })
            return [];
        if (timeline is not { ValueKind: JsonValueKind.Array } array)
            throw new OutputException("The \"timeline\" of the transcript is no list.", transient: false);

        var lines = new List<TranscriptLine>();
        foreach (var item in array.EnumerateArray())
        {
            // Stretches without words are in the list as well.
            if (item.Property("text").Text() is { } words && !string.IsNullOrWhiteSpace(words))
                lines.Add(new TranscriptLine(
                    Seconds(item, "start", lines.Count + 1), Seconds(item, "end", lines.Count + 1), words, item.Property("speaker").Text()));
        }

        return lines;
    }

    private static double Seconds(JsonElement item, string name, int number) =>
        item.Property(name).Number()
        ?? throw new OutputException($"Line {number} of the transcript has no \"{name}\" in seconds.", transient: false);

    private static string? Words(JsonElement? text) => text switch
    {
        { ValueKind: JsonValueKind.Array } paragraphs => Joined(
            paragraphs.EnumerateArray().Select(paragraph => LooseJson.Text(paragraph)).Where(words => !string.IsNullOrWhiteSpace(words))),
        _ => text.Text(),
    };

    private static string? Joined(IEnumerable<string?> parts) => string.Join('\n', parts) is { Length: > 0 } joined ? joined : null;

    private static JsonElement? First(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array[0] : null;
}
