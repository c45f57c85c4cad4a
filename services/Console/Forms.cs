using Microsoft.AspNetCore.Antiforgery;
using Podcast.OperatorsConsole.Pages;

namespace Podcast.OperatorsConsole;

/// <summary>What all forms have in common.</summary>
internal sealed class Forms
{
    /// <summary>Refuses a form that no page of ours made for this browser.</summary>
    public static async ValueTask<object?> Check(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method)
            && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return Respond.Problem(new ApiProblem(StatusCodes.Status400BadRequest, Texts.FormIsStale, Texts.LoadPageAgain));
        return await next(context);
    }

    /// <summary>What the API refuses, and that it does not answer, becomes a page that says so.</summary>
    public static async ValueTask<object?> Explain(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception failure) when (ApiProblem.Of(failure) is { } problem)
        {
            return Respond.Problem(problem);
        }
    }

    /// <summary>The reason that the operator gave; null if none.</summary>
    public static string? Why(IFormCollection form) => form["why"].ToString().Trim() is { Length: > 0 } why ? why : null;

    /// <summary>The key of the form: sending it twice does it once.</summary>
    public static string Key(IFormCollection form) =>
        Guid.TryParse(form["key"], out var key) ? key.ToString() : Guid.NewGuid().ToString();
}
