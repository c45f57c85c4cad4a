using Microsoft.AspNetCore.Authentication;
using Podcast.Hosting;
using Podcast.OperatorsConsole.Pages;

namespace Podcast.OperatorsConsole.SignIn;

/// <summary>Lets in only who may be asked for as whom: the local user at this computer, or somebody with a token.</summary>
internal static class Gate
{
    public const string Scheme = "Console";
    public const string Token = "access_token";

    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var options = http.RequestServices.GetRequiredService<IOptions<ConsoleOptions>>().Value;
        var cookie = await http.AuthenticateAsync(Scheme);
        if (!cookie.Succeeded || cookie.Properties.GetTokenValue(Token) is not { Length: > 0 })
        {
            if (options.LocalUser && LocalRequests.IsFromThisComputer(http.Request))
            {
                http.Items[typeof(Viewer)] = Viewer.Local;
                return await next(context);
            }

            return options.LocalUser && options.OpenId.Authority is null
                ? Respond.Problem(new ApiProblem(StatusCodes.Status403Forbidden, Texts.OnlyFromThisComputer, null))
                : SignIn(http);
        }

        try
        {
            if (http.RequestServices.GetRequiredService<TokenRefresh>() is var refresh && refresh.IsDue(cookie.Properties))
                cookie = await Renew(http, cookie, refresh);
        }
        catch (HttpRequestException)
        {
            return Respond.Problem(new ApiProblem(StatusCodes.Status503ServiceUnavailable, Texts.ProviderIsAway, null));
        }

        if (!cookie.Succeeded)
            return SignIn(http);
        http.Items[typeof(Viewer)] = Person.ViewerOf(cookie);
        return await next(context);
    }

    /// <summary>With the new token the person may have another role, or none.</summary>
    private static async Task<AuthenticateResult> Renew(HttpContext http, AuthenticateResult cookie, TokenRefresh refresh)
    {
        var tokens = cookie.Properties!;
        if (await refresh.Refresh(tokens))
        {
            var apis = http.RequestServices.GetRequiredService<PodcastApis>();
            var (person, problem) = await Person.Of(tokens.GetTokenValue(Token)!, apis, mustHaveRole: true, http.RequestAborted);
            if (person is not null)
            {
                await http.SignInAsync(Scheme, person.Principal(), tokens);
                return AuthenticateResult.Success(new AuthenticationTicket(person.Principal(), tokens, Scheme));
            }

            if (problem!.Status >= StatusCodes.Status500InternalServerError)
                throw new HttpRequestException(problem.Title);
        }

        await http.SignOutAsync(Scheme);
        return AuthenticateResult.NoResult();
    }

    private static RedirectHttpResult SignIn(HttpContext http) => TypedResults.Redirect(
        HttpMethods.IsGet(http.Request.Method)
            ? $"/console/sign-in?back={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}"
            : "/console/sign-in");
}
