namespace Podcast.Hosting;

/// <summary>
/// Keeps addresses exactly as they were given. <see cref="Uri"/> normalises path and query (<c>%7e%41</c> becomes <c>~A</c>,
/// <c>a/../b</c> becomes <c>b</c>), which breaks signatures over them. <see cref="Uri.OriginalString"/> is not normalised, nor is
/// a <see cref="Uri"/> that is serialised to JSON.
/// </summary>
public static class VerbatimUri
{
    private const string NotInAddresses = "\"<>\\^`{|}";

    private static readonly UriCreationOptions asGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>
    /// The address as it was given, to be stored, compared and sent. Only characters that RFC 3986 does not allow (spaces,
    /// control characters, non-ASCII letters, a <c>%</c> without two hexadecimal digits) are percent-encoded, and only after the
    /// host.
    /// </summary>
    /// <param name="address">An absolute address.</param>
    public static string Text(Uri address)
    {
        var given = address.OriginalString.Trim();
        return Split(given) is { } rest ? given[..rest] + Encode(given.AsSpan(rest)) : address.AbsoluteUri;
    }

    /// <summary>
    /// The same address for an HTTP request: path and query are sent as they were given, the fragment is not sent. Use the result
    /// only for requests, because some members of such a <see cref="Uri"/> throw.
    /// </summary>
    /// <param name="address">An absolute http or https address.</param>
    public static Uri ForRequest(Uri address)
    {
        var text = WithoutFragment(Text(address));
        return new Uri(Split(text) is { } rest && (rest == text.Length || text[rest] == '?') ? text.Insert(rest, "/") : text, asGiven);
    }

    /// <summary>The target of a redirect, as the server wrote it.</summary>
    /// <param name="from">The address that was requested, absolute.</param>
    /// <param name="location">The <c>Location</c> header, absolute or relative.</param>
    public static Uri Redirected(Uri from, Uri location)
    {
        var (here, there) = (WithoutFragment(Text(from)), location.OriginalString.Trim());
        if (there.StartsWith("//", StringComparison.Ordinal))
            return new Uri(from.Scheme + ":" + there);
        if (there is ['/', ..] && Split(here) is { } rest)
            return new Uri(here[..rest] + there);
        if (there is ['?', ..])
            return new Uri(here.Split('?')[0] + there);
        return location.IsAbsoluteUri ? location : new Uri(from, there);
    }

    /// <summary>
    /// The index at which path, query or fragment begin, which is the end of the authority; null for an address without
    /// <c>://</c>.
    /// </summary>
    private static int? Split(string address)
    {
        var authority = address.IndexOf("://", StringComparison.Ordinal);
        if (authority < 0)
            return null;

        var rest = address.AsSpan(authority + 3).IndexOfAny("/?#\\");
        return rest < 0 ? address.Length : authority + 3 + rest;
    }

    private static string WithoutFragment(string address) => address.Split('#')[0];

    private static string Encode(ReadOnlySpan<char> rest)
    {
        var encoded = new StringBuilder(rest.Length);
        Span<byte> bytes = stackalloc byte[4];
        while (rest.Length > 0)
        {
            Rune.DecodeFromUtf16(rest, out var letter, out var length);
            if (IsAllowed(letter, rest))
                encoded.Append(rest[0]);
            else
            {
                foreach (var one in bytes[..letter.EncodeToUtf8(bytes)])
                    encoded.Append('%').Append(one.ToString("X2", null));
            }

            rest = rest[length..];
        }

        return encoded.ToString();
    }

    private static bool IsAllowed(Rune letter, ReadOnlySpan<char> from) => letter.Value switch
    {
        '%' => from.Length > 2 && char.IsAsciiHexDigit(from[1]) && char.IsAsciiHexDigit(from[2]),
        > ' ' and < 0x7F => !NotInAddresses.Contains((char)letter.Value, StringComparison.Ordinal),
        _ => false,
    };
}
