namespace Podcast.OperatorsConsole.Pages;

/// <summary>Whether providers are called, and how the API is.</summary>
internal static class SystemEndpoint
{
    public static void MapSystem(this RouteGroupBuilder pages)
    {
        pages.MapGet("/system", (IPodcastApi api, IOptions<ConsoleOptions> options, CancellationToken cancellationToken) =>
            Page(api, options, null, cancellationToken));
        pages.MapPost("/lanes/resume", Resume);
    }

    private static async Task<IResult> Page(
        IPodcastApi api, IOptions<ConsoleOptions> options, ApiProblem? problem, CancellationToken cancellationToken)
    {
        var lanes = api.Lanes(cancellationToken);
        using var health = await api.Health(cancellationToken);
        return Respond.With<SystemPage>(new()
        {
            [nameof(SystemPage.Lanes)] = (await lanes).All,
            [nameof(SystemPage.Health)] = await health.Content.ReadFromJsonAsync<HealthReport>(cancellationToken),
            [nameof(SystemPage.RabbitMq)] = options.Value.RabbitMqManagement,
            [nameof(SystemPage.Problem)] = problem,
        }, problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> Resume(
        HttpContext http, IPodcastApi api, IOptions<ConsoleOptions> options, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        try
        {
            await api.ResumeLane(form["lane"].ToString(), new ActionBody(Forms.Why(form)), Forms.Key(form), cancellationToken);
        }
        catch (Exception refused) when (ApiProblem.Of(refused) is { } problem)
        {
            return await Page(api, options, problem, cancellationToken);
        }

        http.Response.Headers.Location = "/console/system";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
