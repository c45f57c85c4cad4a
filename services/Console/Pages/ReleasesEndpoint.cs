using Refit;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>What goes out when, and why then; and a person's hand in it.</summary>
internal static class ReleasesEndpoint
{
    private const string Here = "releases";

    public static void MapReleases(this RouteGroupBuilder pages)
    {
        pages.MapGet("/releases", (string? asked, IPodcastApi api, CancellationToken cancellationToken) =>
            Page(api, asked, null, cancellationToken));
        pages.MapPost("/episodes/{id:guid}/publications/{channel}/{action:regex(^(approve|retry|hold|resume|move|retract)$)}", Act);
    }

    private static async Task<IResult> Page(IPodcastApi api, string? asked, ApiProblem? problem, CancellationToken cancellationToken) =>
        Respond.With<ReleasesPage>(
            new()
            {
                [nameof(ReleasesPage.Quotas)] = (await api.Quotas(cancellationToken)).All,
                [nameof(ReleasesPage.Releases)] = (await api.Releases(cancellationToken)).Releases,
                [nameof(ReleasesPage.Asked)] = asked,
                [nameof(ReleasesPage.Problem)] = problem,
            },
            problem?.Status ?? StatusCodes.Status200OK);

    /// <summary>What became of it, and a refusal, is told on the page from which it was asked.</summary>
    private static async Task<IResult> Act(
        Guid id, string channel, string action, string? back, HttpContext http, IPodcastApi api, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var words = action == "resume" ? "resume-release" : action;
        try
        {
            await (action == "move"
                ? api.MoveRelease(id, channel, new MoveBody(form["to"].ToString(), Forms.Why(form)), cancellationToken)
                : api.ActOnPublication(id, channel, action, new ActionBody(Forms.Why(form)), cancellationToken));
        }
        catch (ApiException refused)
        {
            return back == Here
                ? await Page(api, null, ApiProblem.Of(refused), cancellationToken)
                : await EpisodeEndpoint.Page(id, api, null, ApiProblem.Of(refused), cancellationToken);
        }

        http.RequestServices.GetRequiredService<ILogger<Forms>>().Asked(action);
        return Respond.SeeOther(http, back == Here ? $"/console/releases?asked={words}" : $"/console/episodes/{id}?asked={words}");
    }
}
