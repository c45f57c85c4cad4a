using Microsoft.AspNetCore.Authentication;
using Podcast.OperatorsConsole.Pages;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Signs in at the OpenID provider, or with a bearer token of the API; the browser keeps tokens in an encrypted cookie.</summary>
internal static class SignInEndpoints
{
    private const string First = "/console/episodes";

    public static void MapSignIn(this RouteGroupBuilder console)
    {
        console.MapGet("/sign-in", (string? back) => Respond.With<SignInPage>(new() { ["Back"] = back }));
        console.MapPost("/sign-in", SignIn);
        console.MapGet("/sign-in/provider", AtProvider);
        console.MapPost("/sign-out", (Delegate)SignOut);
    }

    private static async Task<IResult> AtProvider(HttpContext http, IOptions<ConsoleOptions> options, string? back, bool another = false)
    {
        if (options.Value.OpenId.Authority is null)
            return TypedResults.LocalRedirect("/console/sign-in");

        var properties = new AuthenticationProperties { RedirectUri = Ours(back) };
        if (another)
            properties.Items[OpenId.AsAnother] = "";
        try
        {
            await http.ChallengeAsync(OpenId.Scheme, properties);
            return TypedResults.Empty;
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException) // its metadata cannot be read
        {
            var problem = new ApiProblem(StatusCodes.Status503ServiceUnavailable, Texts.ProviderIsAway, null);
            return Respond.With<SignInPage>(new() { ["Back"] = back, ["Problem"] = problem }, problem.Status);
        }
    }

    private static async Task<IResult> SignIn(HttpContext http, PodcastApis apis, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var (token, back) = (form["token"].ToString().Trim(), form["back"].ToString());
        var (person, problem) = await Person.Of(token, apis, mustHaveRole: false, cancellationToken);
        if (person is null)
            return Respond.With<SignInPage>(new() { ["Back"] = back, ["Problem"] = problem }, problem!.Status);

        var properties = new AuthenticationProperties();
        properties.StoreTokens([new AuthenticationToken { Name = Gate.Token, Value = token }]);
        await http.SignInAsync(Gate.Scheme, person.Principal(), properties);
        return TypedResults.LocalRedirect(Ours(back));
    }

    /// <summary>Also at the provider, if it was the provider who signed in.</summary>
    private static async Task<IResult> SignOut(HttpContext http)
    {
        var cookie = await http.AuthenticateAsync(Gate.Scheme);
        await http.SignOutAsync(Gate.Scheme);
        if (cookie.Properties?.GetTokenValue("id_token") is not { Length: > 0 } id)
            return TypedResults.LocalRedirect("/console/sign-in");

        try
        {
            var properties = new AuthenticationProperties { RedirectUri = "/console/sign-in" };
            properties.StoreTokens([new AuthenticationToken { Name = "id_token", Value = id }]);
            await http.SignOutAsync(OpenId.Scheme, properties);
            return TypedResults.Empty;
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException)
        {
            var problem = new ApiProblem(StatusCodes.Status503ServiceUnavailable, Texts.ProviderIsAway, Texts.SignedOutHere);
            return Respond.With<SignInPage>(new() { ["Problem"] = problem }, problem.Status);
        }
    }

    /// <summary>Nobody is led to another site.</summary>
    private static string Ours(string? back) => back?.StartsWith("/console/", StringComparison.Ordinal) == true ? back : First;
}
