namespace Podcast.OperatorsConsole.Pages;

/// <summary>Failures by cause, and retries of a cause.</summary>
internal static class FailuresEndpoint
{
    public static void MapFailures(this RouteGroupBuilder pages)
    {
        pages.MapGet("/failures", List);
        pages.MapGet("/failures/{cause}", Cause);
        pages.MapPost("/failures/{cause}/retry", Retry);
    }

    private static async Task<IResult> List(IPodcastApi api, CancellationToken cancellationToken)
    {
        var jobs = api.Jobs(cancellationToken);
        var failures = await api.Failures(cancellationToken);
        return Respond.With<FailuresPage>(new()
        {
            [nameof(FailuresPage.Causes)] = failures.Causes,
            [nameof(FailuresPage.Jobs)] = (await jobs).All,
        });
    }

    private static async Task<IResult> Cause(string cause, IPodcastApi api, CancellationToken cancellationToken) =>
        Respond.With<CausePage>(new() { [nameof(CausePage.Cause)] = await api.Cause(cause, cancellationToken) });

    private static async Task<IResult> Retry(string cause, HttpContext http, IPodcastApi api, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var limit = int.TryParse(form["limit"], out var most) ? most : (int?)null;
        var job = await api.RetryCause(cause, new RetryCauseBody(limit, Forms.Why(form)), Forms.Key(form), cancellationToken);
        return Respond.SeeOther(http, $"/console/jobs/{job.Id}");
    }
}
