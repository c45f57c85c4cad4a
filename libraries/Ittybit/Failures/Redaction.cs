using System.Text.RegularExpressions;

namespace Podcast.Ittybit;

/// <summary>Redacts text from Ittybit or the network for display and logs.</summary>
internal static partial class Redaction
{
    /// <summary>The maximum length of the result, in characters.</summary>
    public const int Longest = 300;

    /// <summary>
    /// Returns <paramref name="text"/> on one line, at most <see cref="Longest"/> characters, without query strings and
    /// credentials of addresses, tokens of our callbacks, keys and <paramref name="secret"/>.
    /// </summary>
    public static string Clean(string text, string? secret = null)
    {
        // Cutting to the final length first could split a secret so that no pattern matches; this first cut only limits the cost
        // of long texts.
        var line = Cut(text, 20 * Longest);
        if (!string.IsNullOrEmpty(secret))
            line = line.Replace(secret, "…", StringComparison.Ordinal);

        line = Blank().Replace(line, " ").Trim();
        line = Credentials().Replace(line, "://");
        line = Query().Replace(line, "?…");
        line = Named().Replace(line, "$1=…");
        line = CallbackToken().Replace(line, "$1…");
        line = Key().Replace(line, "…");
        return line.Length <= Longest ? line : Cut(line, Longest - 1).TrimEnd() + "…";
    }

    /// <summary>The first <paramref name="most"/> characters of <paramref name="text"/>; never splits a surrogate pair.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@":\\?/\\?/[^\s/@""'<>]+@")]
    private static partial Regex Credentials();

    [GeneratedRegex(@"\?[^\s""'<>]*=[^\s""'<>]*")]
    private static partial Regex Query();

    [GeneratedRegex(@"\b(signature|token|key|api_key|secret|password)=[^\s&""'<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"(webhooks\\?/ittybit(?:\\?/[^\s/\\""'<>]+){3}\\?/)[^\s?""'<>]+")]
    private static partial Regex CallbackToken();

    [GeneratedRegex(@"\b(?:Bearer\s+\S+|(?:sk|ittybit)_[A-Za-z0-9_]{6,})")]
    private static partial Regex Key();
}
