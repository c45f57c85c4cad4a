using System.Reflection;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;

namespace Podcast.Ingest.Api.Auth;

/// <summary>The owner of the request: the <c>sub</c> of its token or what its team is, or the local user.</summary>
internal sealed record Owner(string Id) : IBindableFromHttpContext<Owner>
{
    public const string Claim = "sub";

    /// <summary>Of tokens with <see cref="AuthOptions.OwnerClaim"/>; set by us alone.</summary>
    public const string TeamClaim = "podcast_team";

    /// <summary>The person who asks, for histories: the <c>sub</c>.</summary>
    public string By { get; init; } = Id;

    public static ValueTask<Owner?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(Of(context.User));

    /// <summary>Null if the token has no <c>sub</c> or team, or one that is not a valid owner id.</summary>
    public static Owner? Of(ClaimsPrincipal user) =>
        user.FindFirst(Claim)?.Value is { } sub && EpisodeTexts.IsOwner(sub)
        && (user.FindFirst(TeamClaim)?.Value ?? sub) is var owner && EpisodeTexts.IsOwner(owner)
            ? new Owner(owner) { By = sub }
            : null;
}

/// <summary>Signs in <see cref="AuthOptions.LocalUser"/>, if configured, for requests that come from this machine.</summary>
internal sealed class LocalUserHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, IOptionsMonitor<AuthOptions> auth, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "LocalUser";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(auth.CurrentValue.LocalUser is { Length: > 0 } user && LocalRequests.IsFromThisComputer(Request)
            ? AuthenticateResult.Success(new AuthenticationTicket(
                new ClaimsPrincipal(new ClaimsIdentity([new Claim(Owner.Claim, user)], Name, Owner.Claim, null)), Name))
            : AuthenticateResult.NoResult());
}
