using Microsoft.AspNetCore.Components;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>Answers with a component, rendered to the end, or leads to another page.</summary>
internal static class Respond
{
    public static RazorComponentResult<TPage> With<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(parameters) { StatusCode = status, PreventStreamingRendering = true };

    public static RazorComponentResult<ProblemPage> Problem(ApiProblem problem) =>
        With<ProblemPage>(new() { [nameof(ProblemPage.Problem)] = problem }, problem.Status);

    /// <summary>After a form was taken: a reload of the page must not send it again.</summary>
    public static IResult SeeOther(HttpContext http, string address)
    {
        http.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
