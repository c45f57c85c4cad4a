using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Podcast.Ingest.Api.Auth;

/// <summary>What a token may do: a viewer only looks, an operator also resumes providers; an admin may do what an operator may.</summary>
internal static class Role
{
    public const string Viewer = "viewer", Operator = "operator", Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Viewer, Operator, Admin];

    private const string Claim = "role";

    /// <summary>Puts the roles in one claim under our names, and the team in one, whatever the issuer calls them.</summary>
    public static Task Read(TokenValidatedContext context)
    {
        var options = Options(context.HttpContext);
        string[] sources = options.RoleClaim is { Length: > 0 } given ? [given] : [Claim, "roles"];
        foreach (var identity in context.Principal!.Identities)
        {
            var roles = identity.FindAll(claim => sources.Contains(claim.Type))
                .Select(claim => options.Roles.GetValueOrDefault(claim.Value, claim.Value)).Distinct().ToList();
            var team = options.OwnerClaim == Owner.Claim ? null : identity.FindFirst(options.OwnerClaim)?.Value ?? "";
            foreach (var claim in identity.FindAll(claim => claim.Type is Claim or "roles" or Owner.TeamClaim).ToList())
                identity.RemoveClaim(claim);
            if (team is not null)
                identity.AddClaim(new Claim(Owner.TeamClaim, team));
            identity.AddClaims(roles.Select(role => new Claim(Claim, role)));
        }

        return Task.CompletedTask;
    }

    /// <summary>Our roles of the caller. The local user is an admin.</summary>
    public static IReadOnlyList<string> Of(ClaimsPrincipal user) =>
        user.Identities.Any(identity => identity is { IsAuthenticated: true, AuthenticationType: LocalUserHandler.Name })
            ? [Admin]
            : [.. user.FindAll(Claim).Select(claim => claim.Value).Where(All.Contains)];

    public static bool IsOperator(this ClaimsPrincipal user) => Of(user).Any(role => role is Operator or Admin);

    /// <summary>True if the token has the role viewer and none that may do more. A token without a role is its owner's.</summary>
    public static bool IsOnlyViewer(this ClaimsPrincipal user) => Of(user) is { Count: > 0 } roles && roles.All(role => role == Viewer);

    /// <summary>True if the caller must have a role and has none.</summary>
    public static bool LacksRole(this HttpContext http) => Options(http).RequireRole && Of(http.User).Count == 0;

    /// <summary>The claim that says whose the episodes are.</summary>
    public static string OwnerClaim(this HttpContext http) => Options(http).OwnerClaim;

    private static AuthOptions Options(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptionsMonitor<AuthOptions>>().CurrentValue;
}
