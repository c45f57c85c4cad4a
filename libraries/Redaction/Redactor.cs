using System.Text.RegularExpressions;

namespace Podcast.Redaction;

/// <summary>Removes secrets from texts that people read or that leave the process.</summary>
public static partial class Redactor
{
    /// <summary>The maximum length of a line, in characters.</summary>
    public const int LongestLine = 300;

    private const string Hidden = "…";

    /// <summary>
    /// Returns a text of a provider or the network for display and logs: on one line, at most <see cref="LongestLine"/> characters,
    /// without the secrets of addresses, keys and <paramref name="secret"/>.
    /// </summary>
    public static string Line(string text, string? secret = null)
    {
        // Cutting to the final length first could split a secret so that no pattern matches; this first cut only limits the cost
        // of long texts.
        var line = Cut(text, 20 * LongestLine);
        if (!string.IsNullOrEmpty(secret))
            line = line.Replace(secret, Hidden, StringComparison.Ordinal);

        line = Keys().Replace(Addresses(Blank().Replace(line, " ").Trim()), Hidden);
        return line.Length <= LongestLine ? line : Cut(line, LongestLine - 1).TrimEnd() + Hidden;
    }

    /// <summary>Returns a text without the secrets of addresses: credentials, queries and the tokens of our callbacks.</summary>
    public static string Addresses(string text, string hidden = Hidden) => AddressSecrets().Replace(text, hidden);

    /// <summary>The first <paramref name="most"/> characters of <paramref name="text"/>; never splits a surrogate pair.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blank();

    // Slashes may be escaped, as in JSON; the {token} of a route is no secret; a query may sign its address.
    [GeneratedRegex("""
        (?<= :\\?/\\?/ ) [^\s/@"'<>]+ (?= @ )                                                       # credentials
        | (?<= webhooks\\?/ittybit(?:\\?/[^\s/\\"'<>]+){3}\\?/ ) [^\s{?\#"'<>] [^\s?\#"'<>]*        # the token of a callback
        | (?<= /[^\s?]*\? ) [^\s"'<>]+ | (?<= \? ) [^\s"'<>]*=[^\s"'<>]*                            # a query
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AddressSecrets();

    [GeneratedRegex("""
        (?<= \b(?i:signature|token|key|api_key|secret|password)= ) [^\s&"'<>]+
        | \b(?: Bearer\s+\S+ | (?:sk|ittybit)_[A-Za-z0-9_]{6,} )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Keys();
}
