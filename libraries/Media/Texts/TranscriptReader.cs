namespace Podcast.Media;

/// <summary>
/// Reads a transcript in WebVTT, SRT, or any form of Ittybit's speech file: <c>text[]</c>, <c>language</c> or <c>languages[]</c>,
/// and <c>timeline[{start,end,speaker,text}]</c> in seconds (ittybit.com/docs/speech, ittybit.dev/docs/speech).
/// </summary>
public static class TranscriptReader
{
    private static readonly string[] Errors = ["error", "errors", "message", "code", "status"];

    /// <exception cref="OutputException">It is empty, in no known format, or invalid.</exception>
    public static Transcript Read(byte[] bytes)
    {
        var content = OutputText.Read("transcript", bytes);
        var transcript = content.Form == TextForm.Json ? LooseJson.Read("transcript", content.Text, OfSpeech) : OfCues(content);
        return content.Note is null ? transcript : transcript with { Note = $"{content.Note} {transcript.Note}".TrimEnd() };
    }

    private static Transcript OfCues(OutputText content)
    {
        var skipped = new SkippedParts("cues");
        return Transcript.Of(null, null, Cue.Read(content, skipped).SelectMany(cue => cue.Spoken, (cue, speech) =>
            new TranscriptLine(cue.Start, cue.End, speech.Words, speech.Speaker)), skipped);
    }

    private static Transcript OfSpeech(JsonElement speech)
    {
        var timeline = speech.ValueKind == JsonValueKind.Array ? speech : speech.Property("timeline");
        var text = speech.Property("text");
        if (text is null && timeline is null)
        {
            var isError = Errors.Any(name => speech.Property(name) is not null);
            var what = isError ? "an error in JSON" : "JSON";
            throw new OutputException($"The transcript came as {what}, with neither \"text\" nor \"timeline\".", transient: isError);
        }

        var skipped = new SkippedParts("lines");
        var lines = Lines(timeline, skipped);
        var paragraphs = text.Items()?.Select(text => LooseJson.Text(text)) ?? [text.Text()];
        var words = string.Join('\n', paragraphs.Where(paragraph => !string.IsNullOrWhiteSpace(paragraph)));
        if (words.Length == 0 && lines.Count == 0 && speech.Property("detected") is { ValueKind: JsonValueKind.False })
            throw new OutputException("The transcript says that there is no speech.", transient: false);

        var languages = speech.Property("languages").Items()?.Select(language => LooseJson.Text(language));
        return Transcript.Of(words, speech.Property("language").Text() ?? languages?.FirstOrDefault(), lines, skipped);
    }

    private static List<TranscriptLine> Lines(JsonElement? timeline, SkippedParts skipped)
    {
        var items = timeline.Items() ?? (timeline is null or { ValueKind: JsonValueKind.Null }
            ? []
            : throw new OutputException("The \"timeline\" of the transcript is no list.", transient: false));
        var lines = new List<TranscriptLine>();
        foreach (var item in items.Where(item => !string.IsNullOrWhiteSpace(item.Property("text").Text()))) // there are empty sections
        {
            if (item.Property("start").Number() is { } start && item.Property("end").Number() is { } end)
                lines.Add(new TranscriptLine(start, end, item.Property("text").Text()!, item.Property("speaker").Text()));
            else
                skipped.Add("no \"start\" and \"end\" in seconds");
        }

        return lines;
    }
}
