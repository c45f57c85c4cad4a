namespace Podcast.Media;

/// <summary>Reads a transcript in any format that Ittybit has used: speech JSON, WebVTT or SRT.</summary>
public static class TranscriptReader
{
    /// <exception cref="OutputException">It is empty, in no known format, or invalid.</exception>
    public static Transcript Read(byte[] bytes)
    {
        var content = OutputText.Read("transcript", bytes);
        var transcript = content.Form == TextForm.Json ? SpeechJson.Read(content.Text) : OfCues(Cues.Read(content));
        return content.Note is null ? transcript : transcript with { Note = $"{content.Note} {transcript.Note}".TrimEnd() };
    }

    private static Transcript OfCues(Cues cues) => Transcript.Of(
        null,
        null,
        [.. cues.All.SelectMany(cue => cue.Spoken.Select(speech => new TranscriptLine(cue.Start, cue.End, speech.Words, speech.Speaker)))],
        cues.LeftOut);
}
