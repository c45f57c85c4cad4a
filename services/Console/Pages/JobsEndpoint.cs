using System.Globalization;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>Jobs, which do the same with many episodes: those of a cause, or all that match a search.</summary>
internal static class JobsEndpoint
{
    private const int PageSize = 50;

    public static void MapJobs(this RouteGroupBuilder pages)
    {
        pages.MapPost("/jobs", Start);
        pages.MapGet("/jobs/{id:guid}", Show);
    }

    private static async Task<IResult> Start(HttpContext http, IPodcastApi api, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var most = int.TryParse(form["most"], CultureInfo.InvariantCulture, out var count) ? count : (int?)null;
        var text = form["q"].ToString() is { Length: > 0 } given ? given : null;
        var body = new StartJobBody(form["action"].ToString(), form["status"].ToString(), text, most, Forms.Why(form));
        var job = await api.StartJob(body, Forms.Key(form), cancellationToken);
        return Respond.SeeOther(http, $"/console/jobs/{job.Id}");
    }

    private static async Task<IResult> Show(Guid id, Guid? after, IPodcastApi api, CancellationToken cancellationToken) =>
        Respond.With<JobPage>(new()
        {
            [nameof(JobPage.Job)] = await api.Job(id, after, PageSize, cancellationToken),
            [nameof(JobPage.After)] = after,
        });
}
