using System.Text.RegularExpressions;

namespace Podcast.Batch.Data;

/// <summary>Addresses of media, as Ittybit takes them.</summary>
internal static partial class MediaUrl
{
    private const int Longest = 8192;

    /// <summary>What is wrong with it, for people; null for nothing.</summary>
    public static string? Problem(string? url) => url switch
    {
        null or "" => "The row has no address.",
        { Length: > Longest } => $"The address has more than {Longest} characters.",
        _ when url.Any(char.IsControl) => "The address has control characters in it.",
        _ when !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "s3") || uri.Host.Length == 0 =>
            $"'{Shown(url)}' is no http, https or s3 address.",
        _ => null,
    };

    /// <summary>For people and logs: without its query, which may hold a signature, and without a password.</summary>
    public static string Shown(string? url)
    {
        var text = url ?? "";
        if (text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            text = text[..query] + "?…";
        text = Credentials().Replace(text, "://");
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= 300 ? text : text[..299] + "…";
    }

    // In the text as it is: a Uri gives them with other escapes.
    [GeneratedRegex("://[^/?#]*@")]
    private static partial Regex Credentials();
}
