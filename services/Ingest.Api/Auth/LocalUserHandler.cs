using System.Net;
using System.Reflection;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;

namespace Podcast.Ingest.Api.Auth;

/// <summary>The owner of the request: the <c>sub</c> of its token, or the local user.</summary>
internal sealed record Owner(string Id) : IBindableFromHttpContext<Owner>
{
    public const string Claim = "sub";

    public static ValueTask<Owner?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context.User));

    /// <summary>Null if the token has no <c>sub</c>, or one that is not a valid owner id.</summary>
    public static Owner? Of(ClaimsPrincipal user) =>
        user.FindFirst(Claim)?.Value is { } sub && EpisodeTexts.IsOwner(sub) ? new Owner(sub) : null;
}

/// <summary>Signs in <see cref="AuthOptions.LocalUser"/>, if configured, for requests that come from this machine.</summary>
internal sealed class LocalUserHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, IOptionsMonitor<AuthOptions> auth, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "LocalUser";

    private static readonly string[] proxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(auth.CurrentValue.LocalUser is { Length: > 0 } user && IsFromThisComputer(Request)
            ? AuthenticateResult.Success(new AuthenticationTicket(
                new ClaimsPrincipal(new ClaimsIdentity([new Claim(Owner.Claim, user)], Name, Owner.Claim, null)), Name))
            : AuthenticateResult.NoResult());

    /// <summary>
    /// A loopback address does not suffice: a proxy on this machine forwards requests of strangers, and any web page can make the
    /// browser call localhost, also under a host name of its own (DNS rebinding). Therefore the host must be a loopback name, no
    /// proxy header may be present, and a browser must send an origin of ours.
    /// </summary>
    internal static bool IsFromThisComputer(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(request.Host.Host)
        && !proxyHeaders.Any(request.Headers.ContainsKey)
        && (!request.Headers.TryGetValue("Origin", out var origin) || origin == $"{request.Scheme}://{request.Host}")
        && request.Headers["Sec-Fetch-Site"] != "cross-site";

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
