using System.Net;
using System.Text;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Checks the text of an address from a user: http or https, a public host, no credentials. <see cref="SourceCheck"/> resolves
/// the host name.
/// </summary>
internal static class SourceAddress
{
    /// <summary>Maximum length in characters.</summary>
    public const int Longest = 2048;

    private static readonly string[] privateEndings =
        [".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp"];

    /// <summary>Returns the address, or why it is not accepted.</summary>
    public static (Uri? Address, string? Problem) Parse(string text, SourceOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return (null, "must be an absolute http or https address.");

        // Reject full-width letters and digits, which other software may convert to ASCII.
        if (!Ascii.IsValid(address.Host))
            return (null, "must have its host name in ASCII (xn--…).");
        if (address.UserInfo.Length > 0)
            return (null, "must not contain a user name or password.");

        // Uri has already converted 2130706433, 0x7f.1 and 0177.0.0.1 to 127.0.0.1.
        var host = address.Host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        var problem = IPAddress.TryParse(host, out var ip) ? ProblemOf(ip, options) : ProblemOf(address, host, options);
        return problem is null ? (address, null) : (null, problem);
    }

    private static string? ProblemOf(IPAddress ip, SourceOptions options)
    {
        var plain = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        if (IPAddress.IsLoopback(plain))
            return options.AllowLoopback ? null : "must not point to this computer.";

        return OutsideAddresses.IsPublic(ip) || options.AllowedNetworks.Any(network => IPNetwork.Parse(network).Contains(plain))
            ? null
            : "must be a public address.";
    }

    private static string? ProblemOf(Uri address, string name, SourceOptions options)
    {
        if (name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal))
            return options.AllowLoopback ? null : "must not point to this computer.";
        if (address.HostNameType != UriHostNameType.Dns)
            return "must be a public address.";

        // With allowed private networks, a host name can have any form.
        var isPublic = name.Contains('.') && !privateEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
        return isPublic || options.AllowedNetworks.Length > 0 ? null : "must be a public address.";
    }
}
