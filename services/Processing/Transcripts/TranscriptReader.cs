using Podcast.Processing.Outputs;

namespace Podcast.Processing.Transcripts;

/// <summary>Reads a transcript in any form that Ittybit has had: speech JSON, WebVTT, SRT or plain text.</summary>
internal static class TranscriptReader
{
    /// <exception cref="OutputException">It is empty, malformed or makes no sense.</exception>
    public static Transcript Read(byte[] content) => OutputText.Read("transcript", content) switch
    {
        (var text, TextForm.Json) => SpeechJson.Read(text),
        (var text, TextForm.WebVtt or TextForm.Srt) => Transcript.Of(null, null, Cues.Read("transcript", text)),
        var (text, _) => Transcript.Of(text.ReplaceLineEndings("\n"), null, []),
    };
}
