using System.ComponentModel.DataAnnotations;

namespace Podcast.WebhookGateway;

/// <summary>Section <c>WebhookGateway</c>: what the gateway lets in, and how long it takes at most.</summary>
public sealed class GatewayOptions
{
    /// <summary>Largest body, in bytes; a larger one is answered 413 without reading the rest.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Deepest nesting of a body's JSON.</summary>
    [Range(4, 64)]
    public int MaxJsonDepth { get; set; } = 32;

    /// <summary>Every delivery is answered within this time, whatever broker and sender do. Ittybit waits 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:04.500")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Deliveries in work at once, on each of the two routes.</summary>
    [Range(1, 10_000)]
    public int ConcurrentDeliveries { get; set; } = 128;

    /// <summary>Deliveries that wait for their turn, on each of the two routes; one more is answered 429.</summary>
    [Range(0, 100_000)]
    public int WaitingDeliveries { get; set; } = 1024;

    /// <summary>What we ask for in <c>Retry-After</c> when we cannot take a delivery now; whole seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True: a callback needs Ittybit's signature beside its token. False: a signature is checked where there is one. The plain route
    /// always needs it.
    /// </summary>
    public bool RequireSignature { get; set; }

    /// <summary>
    /// Networks that deliveries may come from, as CIDR; empty means any. Behind a proxy, set <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>,
    /// or it is the proxy's address that counts.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];
}
