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
        if (http.RequestServices.GetRequiredService<IOptions<ConsoleOptions>>().Value.LocalUser)
        {
            if (!LocalRequests.IsFromThisComputer(http.Request))
                return Respond.Problem(new ApiProblem(StatusCodes.Status403Forbidden, Texts.OnlyFromThisComputer, null));
            http.Items[typeof(Viewer)] = Viewer.Local;
            return await next(context);
        }

        if (await http.GetTokenAsync(Scheme, Token) is not { Length: > 0 } token)
            return TypedResults.Redirect($"/console/sign-in?back={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");

        http.Items[typeof(Viewer)] = new Viewer(token);
        return await next(context);
    }
}
