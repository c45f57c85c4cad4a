using System.Net;
using Microsoft.AspNetCore.Http;

namespace Podcast.Hosting;

/// <summary>Tells whether a request comes from whoever works at this computer.</summary>
public static class LocalRequests
{
    private static readonly string[] proxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>
    /// A loopback address does not suffice: a proxy on this machine forwards requests of strangers, and any web page can make the
    /// browser call localhost, also under a host name of its own (DNS rebinding). Therefore the host must be a loopback name, no
    /// proxy header may be present, and a browser must send an origin of ours.
    /// </summary>
    public static bool IsFromThisComputer(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(request.Host.Host)
        && !proxyHeaders.Any(request.Headers.ContainsKey)
        && (!request.Headers.TryGetValue("Origin", out var origin) || origin == $"{request.Scheme}://{request.Host}")
        && request.Headers["Sec-Fetch-Site"] != "cross-site";

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
