namespace Podcast.OperatorsConsole.Pages;

/// <summary>What goes out when, and why then.</summary>
internal static class ReleasesEndpoint
{
    public static void MapReleases(this RouteGroupBuilder pages) => pages.MapGet("/releases", async (
        IPodcastApi api, CancellationToken cancellationToken) => Respond.With<ReleasesPage>(
            new() { [nameof(ReleasesPage.Releases)] = (await api.Releases(cancellationToken)).Releases }));
}
