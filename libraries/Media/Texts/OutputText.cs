using System.Text.Unicode;

namespace Podcast.Media;

/// <summary>The format of a text, detected from its content instead of its content type.</summary>
public enum TextForm
{
    Json,
    WebVtt,
    Srt,
}

/// <summary>The text of a transcript or of chapters.</summary>
/// <param name="Note">Problems of its encoding, as text for people; null if there are none.</param>
internal sealed record OutputText(string Text, TextForm Form, string? Note)
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="what">The name of the output in error messages: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">It is empty, or neither JSON nor subtitles; the reason says what it is.</exception>
    public static OutputText Read(string what, byte[] content)
    {
        var (nature, name, form) = ContentSniffer.Sniff(content);
        if (nature == ContentNature.Empty)
            throw new OutputException($"The {what} is empty.", transient: false);

        // A page may be a temporary error: another round gets a fresh address.
        var isPage = nature == ContentNature.Page;
        if (form is null)
            throw new OutputException($"The {what} came as {name}, not as JSON, WebVTT or SRT.", transient: isPage, missing: isPage);

        // Players guess the encoding of SRT; JSON and WebVTT are UTF-8 by their specifications.
        var isValid = ContentSniffer.HasUtf16Mark(content) || Utf8.IsValid(content);
        return !isValid && form == TextForm.Srt
            ? new(Windows1252.GetString(content), TextForm.Srt, "It is not UTF-8 and was read as Windows-1252.")
            : new(ContentSniffer.Decode(content), form.Value, isValid ? null : "Bytes that are not UTF-8 were replaced.");
    }
}
