using System.Text;
using System.Text.RegularExpressions;

namespace Podcast.Processing.Transcripts;

/// <summary>Reads a transcript in any form that Ittybit has had: speech JSON, WebVTT, SRT or plain text. The content decides, not its label.</summary>
internal static partial class TranscriptReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="TranscriptException">It is empty, malformed or makes no sense.</exception>
    public static Transcript Read(byte[] content)
    {
        var text = Decode(content).Trim();
        return text switch
        {
            "" => throw new TranscriptException("The transcript is empty.", transient: false),
            _ when JsonStart().IsMatch(text) => SpeechJson.Read(text),
            _ when text.StartsWith("WEBVTT", StringComparison.Ordinal) => Cues.ReadWebVtt(text),
            _ when SrtStart().IsMatch(text) => Cues.ReadSrt(text),
            _ when Markup().IsMatch(text) => throw new TranscriptException("The transcript is a web page.", transient: true),
            _ => Transcript.Of(text.ReplaceLineEndings("\n"), null, []),
        };
    }

    private static string Decode(byte[] content)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), StrictUtf8, detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new TranscriptException("The transcript is not text.", transient: false)
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw new TranscriptException("The transcript is not UTF-8 text.", transient: false);
        }
    }

    // Plain text may well begin with a bracket: "[Music] Welcome back".
    [GeneratedRegex(@"\A(?:\{|\[\s*[\[{\]])")]
    private static partial Regex JsonStart();

    [GeneratedRegex(@"\A\d+[ \t]*\r?\n[ \t]*\d+:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->")]
    private static partial Regex SrtStart();

    [GeneratedRegex(@"\A<(?:!doctype|html|\?xml|head|body)", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();
}
