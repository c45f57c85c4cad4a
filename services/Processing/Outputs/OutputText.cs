using System.Text;
using System.Text.RegularExpressions;

namespace Podcast.Processing.Outputs;

/// <summary>Which form a text has. Its content decides, not its label.</summary>
internal enum TextForm
{
    Json,
    WebVtt,
    Srt,
    Plain,
}

/// <summary>From an output's bytes to its text.</summary>
internal static partial class OutputText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="what">What it is, for the reason: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It is empty, no text, or a web page.</exception>
    public static (string Text, TextForm Form) Read(string what, byte[] content)
    {
        var text = Decode(what, content).Trim();
        if (text.Length == 0)
            throw new OutputException($"The {what} is empty.", transient: false);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new OutputException($"The {what} is not text.", transient: false);
        if (Markup().IsMatch(text))
            throw new OutputException($"The {what} is a web page.", transient: true);

        return (text, FormOf(text));
    }

    private static TextForm FormOf(string text) =>
        JsonStart().IsMatch(text) ? TextForm.Json
        : text.StartsWith("WEBVTT", StringComparison.Ordinal) ? TextForm.WebVtt
        : SrtStart().IsMatch(text) ? TextForm.Srt
        : TextForm.Plain;

    private static string Decode(string what, byte[] content)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(content), StrictUtf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new OutputException($"The {what} is not UTF-8 text.", transient: false);
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
