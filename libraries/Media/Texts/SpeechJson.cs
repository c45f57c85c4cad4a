namespace Podcast.Media;

/// <summary>
/// Reads Ittybit's speech file: <c>text[]</c>, <c>language</c> or <c>languages[]</c>, and
/// <c>timeline[{start,end,speaker,text}]</c> in seconds (ittybit.com/docs/speech, ittybit.dev/docs/speech).
/// </summary>
internal static class SpeechJson
{
    private static readonly string[] Errors = ["error", "errors", "message", "code", "status"];

    public static Transcript Read(string json) => LooseJson.Read("transcript", json, Read);

    private static Transcript Read(JsonElement speech)
    {
        var timeline = speech.ValueKind == JsonValueKind.Array ? speech : speech.Property("timeline");
        var text = speech.Property("text");
        if (text is null && timeline is null)
        {
            var isError = Errors.Any(name => speech.Property(name) is not null);
            throw new OutputException(
                $"The transcript came as {(isError ? "an error in JSON" : "JSON")}, with neither \"text\" nor \"timeline\".", transient: isError);
        }

        var leftOut = new SkippedCues("lines");
        var lines = Lines(timeline, leftOut);
        var words = Words(text);
        if (words is null && lines.Count == 0 && speech.Property("detected") is { ValueKind: JsonValueKind.False })
            throw new OutputException("Ittybit heard no speech.", transient: false);

        return Transcript.Of(words, speech.Property("language").Text() ?? First(speech.Property("languages")).Text(), lines, leftOut);
    }

    private static List<TranscriptLine> Lines(JsonElement? timeline, SkippedCues leftOut)
    {
        if (timeline is null or { ValueKind: JsonValueKind.Null })
            return [];
        if (timeline is not { ValueKind: JsonValueKind.Array } array)
            throw new OutputException("The \"timeline\" of the transcript is no list.", transient: false);

        var lines = new List<TranscriptLine>();
        foreach (var item in array.EnumerateArray())
        {
            // The list also contains sections without words.
            if (item.Property("text").Text() is not { } words || string.IsNullOrWhiteSpace(words))
                continue;
            if (item.Property("start").Number() is { } start && item.Property("end").Number() is { } end)
                lines.Add(new TranscriptLine(start, end, words, item.Property("speaker").Text()));
            else
                leftOut.Add("no \"start\" and \"end\" in seconds");
        }

        return lines;
    }

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
