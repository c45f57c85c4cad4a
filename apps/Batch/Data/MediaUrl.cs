using System.Text.RegularExpressions;
using Podcast.Redaction;

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
        _ when Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" or "s3", Host.Length: > 0 } => null,
        _ => $"'{Shown(url)}' is no http, https or s3 address.",
    };

    /// <summary>The address for users and logs: at most 300 characters, without query (a signature), user and password.</summary>
    public static string Shown(string? url)
    {
        var text = (url ?? "").Split('?', 2) is [var address, _] ? address + "?…" : url ?? "";
        text = Credentials().Replace(text, "://");
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= 300 ? text : Redactor.Cut(text, 299) + "…";
    }

    // Applied to the original text, because Uri would change its escapes.
    [GeneratedRegex("://[^/?#]*@")]
    private static partial Regex Credentials();
}
