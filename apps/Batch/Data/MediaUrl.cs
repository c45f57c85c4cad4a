using System.Text.RegularExpressions;

namespace Podcast.Batch.Data;

/// <summary>Checks the addresses of media by Ittybit's rules, and shortens them for display.</summary>
internal static partial class MediaUrl
{
    private const int Longest = 8192;

    /// <summary>The reason why the address is invalid, for users; null if it is valid.</summary>
    public static string? Problem(string? url) => url switch
    {
        null or "" => "The row has no address.",
        { Length: > Longest } => $"The address has more than {Longest} characters.",
        _ when url.Any(char.IsControl) => "The address has control characters in it.",
        _ when !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "s3") || uri.Host.Length == 0 =>
            $"'{Shown(url)}' is no http, https or s3 address.",
        _ => null,
    };

    /// <summary>
    /// The address for users and logs: without the query, which may hold a signature, and without user and password; at most 300
    /// characters.
    /// </summary>
    public static string Shown(string? url)
    {
        var text = url ?? "";
        if (text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            text = text[..query] + "?…";
        text = Credentials().Replace(text, "://");
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= 300 ? text : text[..299] + "…";
    }

    // Applied to the original text, because Uri would change its escapes.
    [GeneratedRegex("://[^/?#]*@")]
    private static partial Regex Credentials();
}
