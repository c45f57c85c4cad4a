using System.Net;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>Authenticates deliveries, cheapest checks first, and before the body is parsed.</summary>
internal sealed class DeliveryAuthenticator(
    CallbackAddress addresses, IOptions<GatewayOptions> options, IOptions<WebhookOptions> webhooks)
{
    /// <summary>Runs the checks that do not need the body; null if they pass.</summary>
    public Rejection? Refuse(HttpRequest request, Callback? callback)
    {
        if (!IsAllowed(request.HttpContext.Connection.RemoteIpAddress))
            return Rejection.Address;
        if (callback is not null && !IsGenuine(callback))
            return Rejection.Token;
        if (NeedsSignature(callback) && Signature(request) is null)
            return Rejection.NoSignature;
        if (request.ContentType is { Length: > 0 } && !request.HasJsonContentType())
            return Rejection.MediaType;
        return request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity" ? Rejection.Encoding : null;
    }

    /// <summary>Checks the body's signature if there must be one, or is one and we have a secret; null if it passes.</summary>
    public Rejection? Refuse(HttpRequest request, Callback? callback, ReadOnlySpan<byte> body)
    {
        var secrets = webhooks.Value.Secrets;
        var isChecked = NeedsSignature(callback) || (Signature(request) is not null && secrets.Length > 0);
        return isChecked && !WebhookSignature.IsGenuine(body, Signature(request), secrets) ? Rejection.Signature : null;
    }

    private bool IsAllowed(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return options.Value.AllowedNetworks is not { Length: > 0 } networks
            || (address is not null && networks.Any(network => network.Contains(address)));
    }

    private bool IsGenuine(Callback callback) =>
        addresses.IsGenuine(callback.EpisodeId, callback.Task, callback.Attempt, callback.Token) && callback.Name is not null;

    private bool NeedsSignature(Callback? callback) => callback is null || options.Value.RequireSignature;

    private string? Signature(HttpRequest request) =>
        request.Headers.TryGetValue(webhooks.Value.SignatureHeader, out var signature) ? signature.ToString() : null;
}

/// <summary>The path of a callback address, as it came: it names the attempt that the delivery is about.</summary>
internal sealed record Callback(string EpisodeId, string Task, string Attempt, string Token)
{
    /// <summary>What the path names; null when nothing of ours can have such a path.</summary>
    public TaskAttempt? Name => TaskAttempt.Parse(EpisodeId, Task, Attempt);
}
