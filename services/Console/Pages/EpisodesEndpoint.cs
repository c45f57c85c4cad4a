using Podcast.OperatorsConsole.Live;

namespace Podcast.OperatorsConsole.Pages;

/// <summary>What the list shows; its address in the browser says the same.</summary>
/// <param name="Status">Null for any.</param>
/// <param name="Text">Null for any.</param>
public sealed record ListQuery(string? Status, string? Text)
{
    public string Address(string? cursor = null, string? before = null) => Address(Status, cursor, before);

    /// <summary>The first page of another status, for the same text.</summary>
    public string AddressOf(string? status) => Address(status, null, null);

    private string Address(string? status, string? cursor, string? before)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in new[] { ("status", status), ("q", Text), ("cursor", cursor), ("before", before) })
            query = string.IsNullOrEmpty(value) ? query : query.Add(name, value);
        return $"/console/episodes{query}";
    }
}

internal static class EpisodesEndpoint
{
    private const int PageSize = 25;

    public static void MapEpisodes(this RouteGroupBuilder pages) => pages.MapGet("/episodes", Show);

    private static async Task<IResult> Show(
        IPodcastApi api, TimeProvider clock, string? status, string? q, string? cursor, string? before, CancellationToken cancellationToken)
    {
        var query = new ListQuery(Given(status), Given(q));
        var token = (await api.Changes(null, cancellationToken)).Token; // first, so that no change lies between it and the list
        var now = clock.GetUtcNow().UtcDateTime;
        var counts = api.Counts(query.Text, cancellationToken);
        var page = await api.List(query.Status, query.Text, PageSize, Given(cursor), Given(before), cancellationToken);
        var isFirst = page.PreviousCursor is null && query is { Status: null, Text: null };
        return Respond.With<EpisodesPage>(new()
        {
            [nameof(EpisodesPage.Query)] = query,
            [nameof(EpisodesPage.Page)] = page,
            [nameof(EpisodesPage.Counts)] = await counts,
            [nameof(EpisodesPage.Here)] = query.Address(Given(cursor), Given(before)),
            [nameof(EpisodesPage.Live)] = Watch.ListAddress(token, page.Episodes.Select(episode => episode.Id), isFirst ? now : null),
        });
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
