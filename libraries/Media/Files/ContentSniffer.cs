namespace Podcast.Media;

/// <summary>The use that content is fit for.</summary>
public enum ContentNature
{
    Unknown,
    Empty,
    Audio,
    Video,

    /// <summary>A container for both, whose first bytes do not say what it holds.</summary>
    AudioOrVideo,

    /// <summary>A web page, or an error in XML or JSON, instead of the file.</summary>
    Page,

    /// <summary>Any other text.</summary>
    Text,

    /// <summary>An image, an archive, a document.</summary>
    Other,
}

/// <summary>The detected type of content.</summary>
/// <param name="Name">The name with its article, for people: <c>an MP3</c>.</param>
/// <param name="Form">Set for text in a format that we read.</param>
public sealed record SniffedContent(ContentNature Nature, string Name, TextForm? Form = null);

/// <summary>
/// Detects the type of content by its first bytes, as browsers do (mimesniff.spec.whatwg.org), because content types are often
/// wrong.
/// </summary>
internal static partial class ContentSniffer
{
    private static readonly char[] Outside = [' ', '\t', '\r', '\n', '\f', '\uFEFF'];

    // One character per byte; ? matches any byte.
    private static readonly (string Pattern, ContentNature Nature, string Name)[] Signatures =
    [
        ("ID3", ContentNature.Audio, "an MP3"),
        ("APETAGEX", ContentNature.Audio, "an MP3"),
        ("\u00FF\u00F1", ContentNature.Audio, "AAC"),
        ("\u00FF\u00F9", ContentNature.Audio, "AAC"),
        ("fLaC", ContentNature.Audio, "FLAC"),
        ("RIFF????WAVE", ContentNature.Audio, "WAVE"),
        ("FORM????AIF", ContentNature.Audio, "AIFF"),
        ("????ftypM4A", ContentNature.Audio, "an M4A"),
        ("????ftypM4B", ContentNature.Audio, "an M4B"),
        ("????ftypavif", ContentNature.Other, "an image"),
        ("????ftyphei", ContentNature.Other, "an image"),
        ("????ftyp", ContentNature.AudioOrVideo, "an MP4"),
        ("\0???styp", ContentNature.AudioOrVideo, "an MP4"),
        ("\0???moov", ContentNature.AudioOrVideo, "a QuickTime film"),
        ("\0???mdat", ContentNature.AudioOrVideo, "a QuickTime film"),
        ("\0???wide", ContentNature.AudioOrVideo, "a QuickTime film"),
        ("\0???free", ContentNature.AudioOrVideo, "a QuickTime film"),
        ("\0???skip", ContentNature.AudioOrVideo, "a QuickTime film"),
        ("\u001AE\u00DF\u00A3", ContentNature.AudioOrVideo, "WebM or Matroska"),
        ("OggS", ContentNature.AudioOrVideo, "Ogg"),
        ("RIFF????AVI ", ContentNature.Video, "an AVI"),
        ("FLV\u0001", ContentNature.Video, "Flash video"),
        ("\0\0\u0001\u00BA", ContentNature.Video, "an MPEG programme stream"),
        ("\u0089PNG", ContentNature.Other, "an image"),
        ("\u00FF\u00D8\u00FF", ContentNature.Other, "an image"),
        ("GIF8", ContentNature.Other, "an image"),
        ("RIFF????WEBP", ContentNature.Other, "an image"),
        ("%PDF-", ContentNature.Other, "a PDF"),
        ("PK\u0003\u0004", ContentNature.Other, "a ZIP archive"),
        ("#EXTM3U", ContentNature.Text, "an HLS playlist"),
        ("[Script Info]", ContentNature.Text, "SubStation Alpha subtitles"),
    ];

    /// <param name="content">The complete content, or its beginning.</param>
    public static SniffedContent Sniff(ReadOnlySpan<byte> content)
    {
        foreach (var (pattern, nature, name) in Signatures)
        {
            if (Matches(content, pattern))
                return new SniffedContent(nature, name);
        }

        var text = Decode(content);
        return text.Length == 0 ? new SniffedContent(ContentNature.Empty, "nothing")
            : WebVtt.Is(text) ? new SniffedContent(ContentNature.Text, "WebVTT", TextForm.WebVtt)
            : Srt.Is(text) ? new SniffedContent(ContentNature.Text, "SRT", TextForm.Srt)
            : Json().IsMatch(text) ? new SniffedContent(ContentNature.Text, "JSON", TextForm.Json)
            : Markup().Match(text) is { Success: true } markup ? OfMarkup(markup.Groups["root"].Value, text)
            : !HasUtf16Mark(content) && Mpeg.IsMp3(content) ? new SniffedContent(ContentNature.Audio, "an MP3")
            : IsWritten(text) ? new SniffedContent(ContentNature.Text, "plain text")
            : new SniffedContent(ContentNature.Unknown, "bytes that are not UTF-8 text");
    }

    /// <summary>
    /// The text without byte order marks and surrounding white space; bytes that are invalid in its encoding become U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        var encoding = !HasUtf16Mark(content) ? Encoding.UTF8 : content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        return encoding.GetString(content).Trim(Outside);
    }

    public static bool HasUtf16Mark(ReadOnlySpan<byte> content) => content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static bool Matches(ReadOnlySpan<byte> content, string pattern)
    {
        if (content.Length < pattern.Length)
            return false;

        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '?' && content[i] != pattern[i])
                return false;
        }

        return true;
    }

    private static SniffedContent OfMarkup(string root, string text) => root.ToLowerInvariant() switch
    {
        "" when text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) => new SniffedContent(ContentNature.Page, "a web page"),
        "html" or "head" or "body" or "title" or "meta" or "div" or "p" or "h1" => new SniffedContent(ContentNature.Page, "a web page"),
        "error" when ErrorCode().Match(text) is { Success: true } code =>
            new SniffedContent(ContentNature.Page, $"an error in XML ({code.Groups["code"].Value})"),
        "tt" => new SniffedContent(ContentNature.Text, "TTML"),
        var name when name.EndsWith(":tt", StringComparison.Ordinal) => new SniffedContent(ContentNature.Text, "TTML"),
        "" => new SniffedContent(ContentNature.Text, "plain text"),
        _ => new SniffedContent(ContentNature.Page, $"XML (<{root}>)"),
    };

    /// <summary>True if it is readable text; the last character may be truncated.</summary>
    private static bool IsWritten(string text) => !text
        .SkipLast(1).Any(character => character == '\uFFFD' || (char.IsControl(character) && !char.IsWhiteSpace(character)));

    // JSON objects and arrays, but not words in brackets such as "[Music] Welcome back".
    [GeneratedRegex(@"\A(?:\{|\[\s*[\[{\]])")]
    private static partial Regex Json();

    // The first element, after processing instructions, comments and a document type.
    [GeneratedRegex(@"\A<(?>(?:\?.*?\?|!--.*?--|![^>]*)>\s*<)*(?<root>[A-Za-z_][\w:.-]{0,40})?", RegexOptions.Singleline)]
    private static partial Regex Markup();

    [GeneratedRegex("<Code>(?<code>[A-Za-z0-9]{1,40})</Code>")]
    private static partial Regex ErrorCode();
}
