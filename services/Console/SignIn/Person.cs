using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Who is signed in, as the API told when it was asked with their token.</summary>
/// <param name="Role">For people to read; null if the token has none.</param>
internal sealed record Person(string Name, string? Role, bool MayAct)
{
    private const string RoleClaim = "role", ActClaim = "act";

    /// <summary>Asks the API whose the token is: the person, or the problem that it has with the token.</summary>
    public static async Task<(Person? Person, ApiProblem? Problem)> Of(
        string token, PodcastApis apis, bool mustHaveRole, CancellationToken cancellationToken)
    {
        try
        {
            var me = await apis.For(new Viewer(token)).Me(cancellationToken);
            return mustHaveRole && me.Roles.Count == 0
                ? (null, new ApiProblem(StatusCodes.Status403Forbidden, Texts.NoRole(me.Name), Texts.NoRoleWhat))
                : (new Person(me.Name, me.Roles.Count == 0 ? null : string.Join(", ", me.Roles), me.MayAct), null);
        }
        catch (Exception refused) when (ApiProblem.Of(refused) is { } problem)
        {
            return (null, problem);
        }
        catch (FormatException) // no header can have this token
        {
            return (null, new ApiProblem(StatusCodes.Status400BadRequest, Texts.TokenIsRefused, null));
        }
    }

    public ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Name), // forms belong to it
            .. Role is null ? Array.Empty<Claim>() : [new Claim(RoleClaim, Role)],
            new Claim(ActClaim, MayAct.ToString(CultureInfo.InvariantCulture)),
        ],
        Gate.Scheme));

    /// <summary>The viewer whom a cookie names.</summary>
    public static Viewer ViewerOf(AuthenticateResult cookie) => new(
        cookie.Properties!.GetTokenValue(Gate.Token),
        new Person(
            cookie.Principal!.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? "", cookie.Principal.FindFirst(RoleClaim)?.Value,
            cookie.Principal.FindFirst(ActClaim)?.Value == bool.TrueString),
        TokenRefresh.EndOf(cookie.Properties!));
}
