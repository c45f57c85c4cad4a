using System.Text.RegularExpressions;

namespace Podcast.Transistor;

/// <summary>Redacts text from Transistor or the network for display and logs.</summary>
internal static partial class Redaction
{
    /// <summary>The maximum length of the result, in characters.</summary>
    public const int Longest = 300;

    /// <summary>One line without <paramref name="key"/>, and without query strings and credentials of addresses.</summary>
    public static string Clean(string text, string? key = null)
    {
        var line = string.IsNullOrEmpty(key) ? text : text.Replace(key, "…", StringComparison.Ordinal);
        line = Credentials().Replace(Query().Replace(Blank().Replace(line, " "), "?…"), "://").Trim();
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\?[^\s""'<>]*=[^\s""'<>]*")]
    private static partial Regex Query();

    [GeneratedRegex(@"://[^\s/@""'<>]+@")]
    private static partial Regex Credentials();
}
