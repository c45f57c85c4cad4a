using System.Net;

namespace Podcast.Media;

/// <summary>Spoken words, and the speaker if known.</summary>
internal sealed record Speech(string Words, string? Speaker);

/// <summary>
/// Extracts the words from a cue's payload (W3C, WebVTT cue text parsing rules): removes tags, resolves character references, and
/// splits by speaker.
/// </summary>
internal static partial class CueText
{
    private static readonly string[] Spans = ["c", "i", "b", "u", "ruby", "v", "lang"];

    /// <summary>WebVTT: every <c>&lt;</c> begins a tag, closed or not.</summary>
    public static IReadOnlyList<Speech> OfWebVtt(string payload) => Read(payload, AnyTag());

    /// <summary>
    /// SRT has no specification: only tags that players know are removed, so <c>x &lt; 5 and y &gt; 3</c> stays text.
    /// </summary>
    public static IReadOnlyList<Speech> OfSrt(string payload) => Read(payload, KnownTag());

    private static List<Speech> Read(string payload, Regex tags)
    {
        var spoken = new List<(StringBuilder Words, string? Speaker)>();
        var open = new Stack<(string Span, string? Speaker)>();
        var position = 0;
        foreach (Match tag in tags.Matches(payload))
        {
            Say(payload[position..tag.Index]);
            position = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value;
            if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
                Say("\n");
            else if (tag.Groups["end"].Length > 0)
                Close(open, name);
            else if (Spans.Contains(name) || (name == "rt" && open.TryPeek(out var top) && top.Span == "ruby"))
                open.Push((name, name == "v" ? Plain(tag.Groups["annotation"].Value) : null));
        }

        Say(payload[position..]);
        return [.. spoken.Select(part => new Speech(Plain(part.Words.ToString()), part.Speaker)).Where(part => part.Words.Length > 0)];

        void Say(string words)
        {
            var speaker = open.FirstOrDefault(span => span.Span == "v").Speaker is { Length: > 0 } name ? name : null;
            if (spoken.Count > 0 && (string.IsNullOrWhiteSpace(words) || spoken[^1].Speaker == speaker))
                spoken[^1].Words.Append(words);
            else
                spoken.Add((new StringBuilder(words), speaker));
        }
    }

    private static void Close(Stack<(string Span, string? Speaker)> open, string name)
    {
        if (name == "ruby" && open.TryPeek(out var inner) && inner.Span == "rt")
            open.Pop();
        if (open.TryPeek(out var top) && top.Span == name)
            open.Pop();
    }

    /// <summary>
    /// Joins the lines and resolves character references, including the old ones that HTML accepts without a semicolon and in
    /// capitals.
    /// </summary>
    private static string Plain(string text)
    {
        var written = OldReference().Replace(text, reference => $"&{reference.Groups["name"].Value.ToLowerInvariant()};");
        return string.Join(' ', WebUtility.HtmlDecode(written).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"<(?<end>/?)(?<name>[^\s.>]*)(?:\.[^\s>]*)?(?<annotation>[^>]*)>?")]
    private static partial Regex AnyTag();

    // Also karaoke times, and SubStation Alpha codes such as {\an8} and {i}.
    [GeneratedRegex(
        @"<(?<end>/?)(?<name>b|i|u|s|em|strong|font|span|c|v|lang|ruby|rt|br)(?:\.[^\s<>]*)?(?<annotation>\s[^<>]*)?/?>|<[0-9:.,]+>|\{\\[^{}]*\}|\{/?[biu]\}",
        RegexOptions.IgnoreCase)]
    private static partial Regex KnownTag();

    [GeneratedRegex(@"&(?<name>amp|lt|gt|quot)(?![\w]);?", RegexOptions.IgnoreCase)]
    private static partial Regex OldReference();
}
