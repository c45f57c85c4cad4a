using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Podcast.OperatorsConsole.Pages;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Signs in with a bearer token of the API, which the browser keeps in an encrypted cookie.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this RouteGroupBuilder console)
    {
        console.MapGet("/sign-in", (string? back) => Respond.With<SignInPage>(new() { ["Back"] = back }));
        console.MapPost("/sign-in", SignIn);
        console.MapPost("/sign-out", (Delegate)SignOut);
    }

    private static async Task<IResult> SignIn(HttpContext http, PodcastApis apis, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var (token, back) = (form["token"].ToString().Trim(), form["back"].ToString());
        try
        {
            await apis.For(new Viewer(token)).Counts(null, cancellationToken);
        }
        catch (Exception refused) when (ApiProblem.Of(refused) is { } problem)
        {
            return Respond.With<SignInPage>(new() { ["Back"] = back, ["Problem"] = problem }, problem.Status);
        }
        catch (FormatException)
        {
            var problem = new ApiProblem(StatusCodes.Status400BadRequest, Texts.TokenIsRefused, null);
            return Respond.With<SignInPage>(new() { ["Back"] = back, ["Problem"] = problem }, problem.Status);
        }

        var properties = new AuthenticationProperties();
        properties.StoreTokens([new AuthenticationToken { Name = Gate.Token, Value = token }]);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, new Viewer(token).Key)], Gate.Scheme); // forms belong to it
        await http.SignInAsync(Gate.Scheme, new ClaimsPrincipal(identity), properties);
        return TypedResults.LocalRedirect(back.StartsWith("/console", StringComparison.Ordinal) ? back : "/console/episodes");
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(Gate.Scheme);
        return TypedResults.LocalRedirect("/console/sign-in");
    }
}
