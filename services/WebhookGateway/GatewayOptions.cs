using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Podcast.WebhookGateway;

/// <summary>Section <c>WebhookGateway</c>: limits and authentication of deliveries.</summary>
public sealed class GatewayOptions
{
    /// <summary>Largest body, in bytes; a larger one is answered 413 without reading the rest.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Maximum depth of a body's JSON.</summary>
    [Range(4, 64)]
    public int MaxJsonDepth { get; set; } = 32;

    /// <summary>Every delivery is answered within this time, even if broker or sender are slow. Ittybit waits 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:04.500")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Deliveries processed at once, per route (callback and plain).</summary>
    [Range(1, 10_000)]
    public int ConcurrentDeliveries { get; set; } = 128;

    /// <summary>Deliveries queued, per route; further ones are answered 429.</summary>
    [Range(0, 100_000)]
    public int WaitingDeliveries { get; set; } = 1024;

    /// <summary>The value of <c>Retry-After</c> in 429 and 503 answers; whole seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True: a callback needs Ittybit's signature in addition to its token. False: the signature of a callback is checked only if
    /// there is one. The plain route always requires a signature.
    /// </summary>
    public bool RequireSignature { get; set; }

    /// <summary>
    /// Networks from which deliveries are accepted, as CIDR (<c>203.0.113.0/24</c>); empty means any. Behind a proxy, set
    /// <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, or the proxy's address is checked instead.
    /// </summary>
    public IPNetwork[] AllowedNetworks { get; set; } = [];
}
