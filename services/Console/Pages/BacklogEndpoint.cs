namespace Podcast.OperatorsConsole.Pages;

/// <summary>The runs of the backlog command, which report to the API.</summary>
internal static class BacklogEndpoint
{
    public static void MapBacklog(this RouteGroupBuilder pages)
    {
        pages.MapGet("/backlog", List);
        pages.MapGet("/backlog/{id:guid}", Run);
    }

    private static async Task<IResult> List(IPodcastApi api, CancellationToken cancellationToken) =>
        Respond.With<BacklogPage>(new() { [nameof(BacklogPage.Runs)] = (await api.BacklogRuns(cancellationToken)).All });

    private static async Task<IResult> Run(Guid id, IPodcastApi api, CancellationToken cancellationToken) =>
        Respond.With<BacklogRunPage>(new() { [nameof(BacklogRunPage.Run)] = await api.BacklogRun(id, cancellationToken) });
}
