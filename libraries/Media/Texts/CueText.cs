using System.Net;

namespace Podcast.Media;

/// <summary>Spoken words, and the speaker if known.</summary>
internal sealed record Speech(string Words, string? Speaker);

/// <summary>Extracts the words from a cue's payload, split by speaker (W3C, WebVTT cue text parsing rules).</summary>
internal static partial class CueText
{
    private static readonly string[] Spans = ["c", "i", "b", "u", "ruby", "v", "lang"];

    public static IReadOnlyList<Speech> Read(string payload, Regex tags)
    {
        if (!payload.AsSpan().ContainsAny('<', '{')) // with which all tags begin
            return Plain(payload) is { Length: > 0 } words ? [new Speech(words, null)] : [];

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
            {
                if (name == "ruby" && IsInnermost("rt"))
                    open.Pop();
                if (IsInnermost(name))
                    open.Pop();
            }
            else if (Spans.Contains(name) || (name == "rt" && IsInnermost("ruby")))
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

        bool IsInnermost(string name) => open.TryPeek(out var top) && top.Span == name;
    }

    /// <summary>Joins the lines and resolves references, also HTML's old ones in capitals or without a semicolon.</summary>
    private static string Plain(string text)
    {
        if (text.Contains('&', StringComparison.Ordinal))
        {
            text = OldReference().Replace(text, reference => $"&{reference.Groups["name"].Value.ToLowerInvariant()};");
            text = WebUtility.HtmlDecode(text);
        }

        return string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>In WebVTT every <c>&lt;</c> begins a tag, closed or not.</summary>
    [GeneratedRegex(@"<(?<end>/?)(?<name>[^\s.>]*)(?:\.[^\s>]*)?(?<annotation>[^>]*)>?")]
    public static partial Regex AnyTag();

    /// <summary>
    /// In SRT only tags that players know, karaoke times, and codes of SubStation Alpha such as <c>{\an8}</c> are removed:
    /// <c>x &lt; 5 and y &gt; 3</c> stays text.
    /// </summary>
    [GeneratedRegex(
        @"<(?<end>/?)(?<name>b|i|u|s|em|strong|font|span|c|v|lang|ruby|rt|br)(?:\.[^\s<>]*)?(?<annotation>\s[^<>]*)?/?>"
        + @"|<[0-9:.,]+>|\{\\[^{}]*\}|\{/?[biu]\}",
        RegexOptions.IgnoreCase)]
    public static partial Regex KnownTag();

    [GeneratedRegex(@"&(?<name>amp|lt|gt|quot)(?![\w]);?", RegexOptions.IgnoreCase)]
    private static partial Regex OldReference();
}
