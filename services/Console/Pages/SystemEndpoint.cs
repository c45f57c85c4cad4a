using System.Net;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>Whether providers are called, how the API is, and what waits in queues and outboxes.</summary>
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
        var queues = Unless(api.Queues(cancellationToken));
        var outboxes = Unless(api.Outboxes(cancellationToken));
        var audit = Unless(api.Audit(cancellationToken));
        using var health = await api.Health(cancellationToken);
        return Respond.With<SystemPage>(new()
        {
            [nameof(SystemPage.Lanes)] = (await lanes).All,
            [nameof(SystemPage.Health)] = await health.Content.ReadFromJsonAsync<HealthReport>(cancellationToken),
            [nameof(SystemPage.Queues)] = (await queues).Answer,
            [nameof(SystemPage.QueuesProblem)] = (await queues).Problem,
            [nameof(SystemPage.Outboxes)] = (await outboxes).Answer,
            [nameof(SystemPage.Audit)] = (await audit).Answer,
            [nameof(SystemPage.RabbitMq)] = options.Value.RabbitMqManagement,
            [nameof(SystemPage.Problem)] = problem,
        }, problem?.Status ?? StatusCodes.Status200OK);
    }

    /// <summary>A part that is refused, or that cannot be had, leaves the rest of the page as it is.</summary>
    private static async Task<(T? Answer, ApiProblem? Problem)> Unless<T>(Task<T> part)
        where T : class
    {
        try
        {
            return (await part, null);
        }
        catch (Refit.ApiException refused) when (refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable)
        {
            return (null, ApiProblem.Of(refused));
        }
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

        return Respond.SeeOther(http, "/console/system");
    }
}
