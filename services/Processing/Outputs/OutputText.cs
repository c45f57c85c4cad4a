using System.Text;
using System.Text.Unicode;

namespace Podcast.Processing.Outputs;

/// <summary>Which form a text has. Its content decides, not its label.</summary>
internal enum TextForm
{
    Json,
    WebVtt,
    Srt,
}

/// <summary>The text of a transcript or of chapters.</summary>
/// <param name="Note">What is odd about its bytes, for people; null when nothing is.</param>
internal sealed record OutputText(string Text, TextForm Form, string? Note)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="what">What it is, for the reason: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It is empty, or neither JSON nor subtitles; the reason says what it is.</exception>
    public static OutputText Read(string what, byte[] content)
    {
        var sniffed = ContentSniffer.Sniff(content);
        if (sniffed.Nature == ContentNature.Empty)
            throw new OutputException($"The {what} is empty.", transient: false);

        // A page may be an error that passes: another round brings a fresh address.
        var isPage = sniffed.Nature == ContentNature.Page;
        if (sniffed.Form is not { } form)
            throw new OutputException($"The {what} came as {sniffed.Name}, not as JSON, WebVTT or SRT.", transient: isPage, missing: isPage);

        var text = ContentSniffer.Decode(content);
        if (ContentSniffer.HasUtf16Mark(content) || Utf8.IsValid(content))
            return new OutputText(text, form, null);

        // Players guess the encoding of SRT; the other two are UTF-8 by their specifications.
        return form == TextForm.Srt
            ? new OutputText(Windows1252.GetString(content), form, "It is not UTF-8 and was read as Windows-1252.")
            : new OutputText(text, form, "Bytes that are not UTF-8 were replaced.");
    }
}
