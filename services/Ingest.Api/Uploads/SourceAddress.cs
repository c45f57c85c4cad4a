using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>The rule for addresses that people give us to fetch from: public, http or https, and nobody's password in it.</summary>
internal static class SourceAddress
{
    /// <summary>Characters.</summary>
    public const int Longest = 2048;

    // What the registries set apart (IANA special-purpose addresses): nothing public lives there.
    private static readonly IPNetwork[] reserved =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly string[] privateNames = [".local", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp"];

    /// <summary>The address, or why it will not do.</summary>
    public static (Uri? Address, string? Problem) Parse(string text, bool allowLoopback)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return (null, "must be an absolute http or https address.");
        if (!Ascii.IsValid(address.Host))
            return (null, "must have its host name in ASCII (xn--…).");
        if (address.UserInfo.Length > 0)
            return (null, "must not contain a user name or password.");
        if (IsLoopback(address))
            return allowLoopback ? (address, null) : (null, "must not point to this computer.");

        return IsPublic(address) ? (address, null) : (null, "must be a public address.");
    }

    private static bool IsLoopback(Uri address)
    {
        var host = Host(address);
        return host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(Unmapped(ip)));
    }

    private static bool IsPublic(Uri address)
    {
        var host = Host(address);
        if (IPAddress.TryParse(host, out var ip))
            return !reserved.Any(network => network.Contains(Unmapped(ip)));

        return address.HostNameType == UriHostNameType.Dns && host.Contains('.') && !Array.Exists(privateNames, host.EndsWith);
    }

    // Uri has made 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1 by now. Full-width letters and digits, which others might still turn
    // into plain ones, do not get this far.
    private static string Host(Uri address) => address.Host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private static IPAddress Unmapped(IPAddress ip) =>
        ip.AddressFamily == AddressFamily.InterNetworkV6 && ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
}
