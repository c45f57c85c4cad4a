namespace Podcast.ShowNotes;

/// <summary>Text without what platforms refuse, cut only between characters as people see them (grapheme clusters).</summary>
internal static partial class PlainText
{
    /// <summary>White space and control characters become single spaces; half a surrogate pair becomes U+FFFD.</summary>
    public static string OneLine(string text)
    {
        var characters = text.EnumerateRunes().Select(rune => Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
        return string.Join(' ', string.Concat(characters).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The lines, each by <see cref="OneLine"/>; at most one empty line between others, and none at both ends.</summary>
    public static string Lines(string text) => EmptyLines().Replace(
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(OneLine)).Trim('\n'), "\n\n");

    /// <summary>Writes the similar ‹ and › for the signs of markup.</summary>
    public static string WithoutAngles(string text) => text.Replace('<', '‹').Replace('>', '›');

    /// <summary>At most <paramref name="longest"/> UTF-16 code units, with an ellipsis, preferably between words.</summary>
    public static string Shorten(string text, int longest) => Cut(text, longest, part => part.Length);

    /// <summary>At most <paramref name="longest"/> bytes of UTF-8, with an ellipsis, preferably between words.</summary>
    public static string ShortenBytes(string text, int longest) => Cut(text, longest, part => Encoding.UTF8.GetByteCount(part));

    private static string Cut(string text, int longest, Func<ReadOnlySpan<char>, int> measure)
    {
        const string ellipsis = "…";
        if (measure(text) <= longest)
            return text;

        var room = longest - measure(ellipsis);
        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is > 0 and var next && measure(text.AsSpan(end, next)) <= room)
        {
            room -= measure(text.AsSpan(end, next));
            end += next;
        }

        var word = char.IsWhiteSpace(text[end]) ? end : text.AsSpan(0, end).LastIndexOfAny(' ', '\n');
        return room < 0 ? "" : text[..(word > end / 2 ? word : end)].TrimEnd() + ellipsis;
    }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
