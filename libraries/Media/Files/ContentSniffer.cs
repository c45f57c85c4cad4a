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

    /// <summary>A web page, or an error in XML, instead of the file.</summary>
    Page,

    /// <summary>Any other text.</summary>
    Text,

    Image,

    /// <summary>An archive, a document.</summary>
    Other,
}

/// <summary>The detected type of content.</summary>
/// <param name="Name">The name with its article, for people: <c>an MP3</c>.</param>
/// <param name="Form">Set for text in a format that we read.</param>
public sealed record SniffedContent(ContentNature Nature, string Name, TextForm? Form = null);

/// <summary>
/// Detects the type of content by its first bytes, as browsers do (mimesniff.spec.whatwg.org): content types are often wrong.
/// </summary>
internal static partial class ContentSniffer
{
    private static readonly char[] Outside = [' ', '\t', '\r', '\n', '\f', '\uFEFF'];

    // One character per byte; ? matches any byte. The first match counts.
    private static readonly (ContentNature Nature, string Name, string[] Patterns)[] Signatures =
    [
        (ContentNature.Audio, "an MP3", ["ID3", "APETAGEX"]),
        (ContentNature.Audio, "AAC", ["\u00FF\u00F1", "\u00FF\u00F9"]),
        (ContentNature.Audio, "FLAC", ["fLaC"]),
        (ContentNature.Audio, "WAVE", ["RIFF????WAVE"]),
        (ContentNature.Audio, "AIFF", ["FORM????AIF"]),
        (ContentNature.Audio, "an M4A", ["????ftypM4A"]),
        (ContentNature.Audio, "an M4B", ["????ftypM4B"]),
        (ContentNature.Image, "an image", ["\u0089PNG", "\u00FF\u00D8\u00FF", "GIF8", "RIFF????WEBP", "????ftypavif", "????ftyphei"]),
        (ContentNature.AudioOrVideo, "an MP4", ["????ftyp", "\0???styp"]),
        (ContentNature.AudioOrVideo, "a QuickTime film", ["\0???moov", "\0???mdat", "\0???wide", "\0???free", "\0???skip"]),
        (ContentNature.AudioOrVideo, "WebM or Matroska", ["\u001AE\u00DF\u00A3"]),
        (ContentNature.AudioOrVideo, "Ogg", ["OggS"]),
        (ContentNature.Video, "an AVI", ["RIFF????AVI "]),
        (ContentNature.Video, "Flash video", ["FLV\u0001"]),
        (ContentNature.Video, "an MPEG programme stream", ["\0\0\u0001\u00BA"]),
        (ContentNature.Other, "a PDF", ["%PDF-"]),
        (ContentNature.Other, "a ZIP archive", ["PK\u0003\u0004"]),
        (ContentNature.Text, "an HLS playlist", ["#EXTM3U"]),
        (ContentNature.Text, "SubStation Alpha subtitles", ["[Script Info]"]),
    ];

    /// <param name="content">The complete content, or its beginning.</param>
    public static SniffedContent Sniff(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content.Length > 16 ? content[..16] : content); // no signature is longer
        if (Signatures.FirstOrDefault(known => known.Patterns.Any(pattern => Matches(head, pattern))) is { Name: not null } found)
            return new(found.Nature, found.Name);

        var text = Decode(content);
        return text.Length == 0 ? new(ContentNature.Empty, "nothing")
            : WebVtt.Is(text) ? new(ContentNature.Text, "WebVTT", TextForm.WebVtt)
            : Srt.Is(text) ? new(ContentNature.Text, "SRT", TextForm.Srt)
            : Json().IsMatch(text) ? new(ContentNature.Text, "JSON", TextForm.Json)
            : Markup().Match(text) is { Success: true } markup ? OfMarkup(markup.Groups["root"].Value, text)
            : !HasUtf16Mark(content) && Mpeg.IsMp3(content) ? new(ContentNature.Audio, "an MP3")
            : IsWritten(text) ? new(ContentNature.Text, "plain text")
            : new(ContentNature.Unknown, "bytes that are not UTF-8 text");
    }

    /// <summary>The text without byte order marks and surrounding white space; invalid bytes become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        var encoding = !HasUtf16Mark(content) ? Encoding.UTF8 : content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        return encoding.GetString(content).Trim(Outside);
    }

    public static bool HasUtf16Mark(ReadOnlySpan<byte> content) => content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private static bool Matches(string head, string pattern) =>
        head.Length >= pattern.Length && pattern.Zip(head).All(pair => pair.First == '?' || pair.First == pair.Second);

    private static SniffedContent OfMarkup(string root, string text) => root.ToLowerInvariant() switch
    {
        "" when text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) => new(ContentNature.Page, "a web page"),
        "html" or "head" or "body" or "title" or "meta" or "div" or "p" or "h1" => new(ContentNature.Page, "a web page"),
        "error" when ErrorCode().Match(text) is { Success: true } code =>
            new(ContentNature.Page, $"an error in XML ({code.Groups["code"].Value})"),
        "" => new(ContentNature.Text, "plain text"),
        var name when name == "tt" || name.EndsWith(":tt", StringComparison.Ordinal) => new(ContentNature.Text, "TTML"),
        _ => new(ContentNature.Page, $"XML (<{root}>)"),
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
