using System.Net;
using System.Net.Sockets;

namespace Podcast.Hosting;

/// <summary>Section <c>Sources</c>: which addresses from outside (sources, outputs, transcripts) may be requested.</summary>
public sealed class SourceOptions
{
    /// <summary>Also allows loopback addresses, for Standalone and tests, where everything runs on one machine.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>Private networks that are allowed although they are not public, in CIDR notation: <c>172.16.0.0/12</c>.</summary>
    public IPNetwork[] AllowedNetworks { get; set; } = [];

    /// <summary>The time limit of a connection attempt. 10 ms–1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Resolves a host name; tests replace it.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>An address from outside is not allowed. The message may be shown to the caller who supplied the address.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);

/// <summary>
/// Prevents requests to our own network through addresses from outside (sources, outputs, transcripts): only http and https, only
/// public hosts. Every connection resolves and checks the host again and goes to exactly the IP address that was checked, so that
/// neither a redirect nor DNS rebinding reaches an internal host.
/// </summary>
public sealed class OutsideAddresses(IOptions<SourceOptions> options, ResolveHost resolve)
{
    // IANA's registries of special-purpose addresses, multicast, and Azure's metadata host 168.63.129.16, which is in public
    // space.
    private static readonly IPNetwork[] Inside4 =
    [
        .. from network in new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }
        select IPNetwork.Parse(network),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Excluded from the global space: protocol assignments with Teredo, documentation, 6to4 (tunnels to any IPv4 address), and
    // AS112.
    private static readonly IPNetwork[] Inside6 =
    [
        .. from network in new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }
        select IPNetwork.Parse(network),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True if the address is a host on the public Internet.</summary>
    public static bool IsPublic(IPAddress address) => Plain(address) switch
    {
        { AddressFamily: AddressFamily.InterNetwork } plain => !Inside4.Any(network => network.Contains(plain)),
        { AddressFamily: AddressFamily.InterNetworkV6 } plain =>
            Global6.Contains(plain) && !Inside6.Any(network => network.Contains(plain)),
        _ => false,
    };

    /// <summary>True if the address is public, or allowed by <paramref name="options"/>.</summary>
    public static bool IsAllowed(IPAddress address, SourceOptions options) =>
        IsPublic(address)
        || (options.AllowLoopback && IPAddress.IsLoopback(Plain(address)))
        || options.AllowedNetworks.Any(network => network.Contains(Plain(address)));

    /// <summary>
    /// The reason why <paramref name="address"/> is not allowed, for the caller who supplied it; null if it is allowed.
    /// </summary>
    /// <exception cref="SocketException">The host name cannot be resolved at present.</exception>
    public async Task<string?> Refusal(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            CheckScheme(address);
            await Check(address.IdnHost, cancellationToken);
            return null;
        }
        catch (AddressRefusedException refused)
        {
            return refused.Message;
        }
        catch (Exception unknown) when (IsNowhere(unknown))
        {
            return $"The host {address.IdnHost} cannot be found.";
        }
    }

    /// <summary>
    /// Creates a handler that checks every connection, follows at most three redirects, and sends no cookies, credentials or
    /// trace headers. Addresses are sent exactly as they were given: see <see cref="VerbatimUri"/>.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new OutsideHandler(new SocketsHttpHandler
    {
        ConnectCallback = Connect,
        ConnectTimeout = options.Value.ConnectTimeout,
        AllowAutoRedirect = false, // it would normalise the redirect addresses
        UseCookies = false,
        UseProxy = false, // a proxy would resolve names itself, unchecked
        ActivityHeadersPropagator = null,
    });

    /// <summary>The exception for an address that is neither http nor https; null if it is one of them.</summary>
    internal static AddressRefusedException? RefusalOfScheme(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? null
            : new AddressRefusedException("Only http and https addresses are followed.");

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        CheckScheme(context.InitialRequestMessage.RequestUri!);
        var addresses = await Check(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void CheckScheme(Uri address)
    {
        if (RefusalOfScheme(address) is { } refused)
            throw refused;
    }

    /// <summary>True if the name does not exist or is not a valid name; false for a temporary failure of DNS.</summary>
    private static bool IsNowhere(Exception trouble) => trouble is
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } or ArgumentException;

    /// <summary>
    /// The host's addresses, IPv4 first. Refuses the host if any of them is internal, because DNS rebinding mixes public and
    /// internal ones.
    /// </summary>
    private async Task<IPAddress[]> Check(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);

        return addresses.All(address => IsAllowed(address, options.Value))
            ? [.. addresses.OrderBy(address => address.AddressFamily == AddressFamily.InterNetworkV6)]
            : throw new AddressRefusedException($"The host {host} is not on the public Internet.");
    }

    /// <summary>
    /// The IPv4 address that is embedded in an IPv6 address (IPv4-mapped or NAT64); otherwise the address itself.
    /// </summary>
    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes()[12..])
        : address;
}

/// <summary>Registers HTTP clients that are restricted by <see cref="OutsideAddresses"/>.</summary>
public static class OutsideClients
{
    /// <summary>Adds <see cref="OutsideAddresses"/>; may be called more than once.</summary>
    public static IServiceCollection AddOutsideAddresses(this IServiceCollection services)
    {
        services.AddSettings<SourceOptions>("Sources");
        services.TryAddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.TryAddSingleton<OutsideAddresses>();
        return services;
    }

    /// <summary>
    /// Adds the HTTP client <paramref name="name"/> for addresses from outside. It does not log them, because they may contain
    /// signatures.
    /// </summary>
    public static IHttpClientBuilder AddOutsideHttpClient(this IServiceCollection services, string name) =>
        services.AddOutsideAddresses()
            .AddHttpClient(name)
            .ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<OutsideAddresses>().CreateHandler())
            .RemoveAllLoggers();
}
