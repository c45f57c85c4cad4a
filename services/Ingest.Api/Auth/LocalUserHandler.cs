using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Podcast.Ingest.Api.Auth;

/// <summary>Signs in <see cref="AuthOptions.LocalUser"/>, where one is set, for requests that a person at this computer makes.</summary>
internal sealed class LocalUserHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    IOptionsMonitor<AuthOptions> auth,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "LocalUser";

    private static readonly string[] proxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(auth.CurrentValue.LocalUser is { Length: > 0 } user && IsFromThisComputer(Request)
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal(user), Name))
            : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return AuthProblem.Write(Context, StatusCodes.Status401Unauthorized, "This needs a bearer token.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AuthProblem.Write(Context, StatusCodes.Status403Forbidden, "This token may not do that.");

    /// <summary>
    /// A loopback connection alone proves little: a proxy on this machine forwards strangers, and any web page can have the
    /// browser call localhost, also under a name of its own. So the name asked for must be this machine's, no proxy may have touched the
    /// request, and a browser's page must be one of ours.
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

    private static ClaimsPrincipal Principal(string user) =>
        new(new ClaimsIdentity([new Claim(Owner.Claim, user)], Name, Owner.Claim, null));
}
