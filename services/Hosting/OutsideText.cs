using System.Text.RegularExpressions;

namespace Podcast.Hosting;

/// <summary>Words of a provider's, made fit for a log, a message or a page.</summary>
public static partial class OutsideText
{
    /// <summary>
    /// One line of at most <paramref name="longest"/> characters; an address keeps only its host (a path may hold a token, a query a
    /// signature) and what looks like an API key is gone. Null when nothing is left.
    /// </summary>
    public static string? Clean(string? text, int longest = 300)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        // A bound before the expressions: what stands far beyond the limit can neither be shown nor cost time.
        text = Cut(text, longest * 8);
        text = Address().Replace(text, address => $"{address.Groups["scheme"].Value}{address.Groups["host"].Value}/…");
        text = Query().Replace(text, "?…");
        text = Key().Replace(text, "…");
        text = Unprintable().Replace(text, " ").Trim();
        return text.Length == 0 ? null : Cut(text, longest);
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;

        return char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];
    }

    [GeneratedRegex("""(?<scheme>[a-z][a-z0-9+.-]*://)(?:[^\s/?#"'<>@]*@)?(?<host>[^\s/?#"'<>@]*)[^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex("""\?[^\s"'<>?=]+=[^\s"'<>]*""")]
    private static partial Regex Query();

    [GeneratedRegex("""\b(?:sk|pk|ittybit)_[A-Za-z0-9_-]{6,}""")]
    private static partial Regex Key();

    // Line ends and other control characters, direction marks, and halves of surrogate pairs.
    [GeneratedRegex("""(?:[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF]))+""")]
    private static partial Regex Unprintable();
}
