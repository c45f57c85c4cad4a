using Microsoft.AspNetCore.Components;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>Answers with a component, rendered to the end.</summary>
internal static class Respond
{
    public static RazorComponentResult<TPage> With<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(parameters) { StatusCode = status, PreventStreamingRendering = true };

    public static RazorComponentResult<ProblemPage> Problem(ApiProblem problem) =>
        With<ProblemPage>(new() { [nameof(ProblemPage.Problem)] = problem }, problem.Status);
}
