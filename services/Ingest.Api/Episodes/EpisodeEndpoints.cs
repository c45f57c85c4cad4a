namespace Podcast.Ingest.Api.Episodes;

internal static class EpisodeEndpoints
{
    public static void MapEpisodes(this RouteGroupBuilder episodes)
    {
        episodes.MapGet("/", List).WithSummary("Your episodes, newest first")
            .WithDescription("`status` keeps those of one status; the `Link` header with `rel=\"next\"` leads to the next page.");
        episodes.MapGet("/{id:guid}", Show).WithSummary("An episode as it stands");
        episodes.MapGet("/{id:guid}/history", History).WithSummary("What happened to an episode, oldest first");
    }

    private static async Task<Results<Ok<EpisodePage>, ValidationProblem>> List(
        Owner owner, EpisodeReader episodes, HttpContext http, string? status, string? limit, string? cursor,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (status is not null && !Status.All.Contains(status))
            errors["status"] = [$"must be one of {string.Join(", ", Status.All)}."];
        var count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100))
            errors["limit"] = ["must be from 1 to 100."];
        var after = cursor is null ? null : Cursor.Parse(cursor);
        if (cursor is not null && after is null)
            errors["cursor"] = ["is not one of ours: leave it out to begin at the newest."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        // Read one more than requested, to know whether there is a next page.
        var page = await episodes.Page(owner, status, after, count + 1, cancellationToken);
        if (page.Count <= count)
            return TypedResults.Ok(new EpisodePage(page, null));

        var last = page[count - 1];
        var next = new Cursor(last.CreatedAt, last.Id).ToString();
        var query = status is null ? QueryString.Empty : QueryString.Create("status", status);
        query = query.Add("limit", $"{count}").Add("cursor", next);
        http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{query}>; rel=\"next\"";
        return TypedResults.Ok(new EpisodePage([.. page.Take(count)], next));
    }

    private static async Task<Results<Ok<EpisodeView>, NotFound>> Show(
        Owner owner, Guid id, EpisodeReader episodes, CancellationToken cancellationToken) =>
        await episodes.View(owner, id, cancellationToken) is { } episode ? TypedResults.Ok(episode) : TypedResults.NotFound();

    private static async Task<Results<Ok<HistoryView>, NotFound>> History(
        Owner owner, Guid id, IngestDb db, CancellationToken cancellationToken)
    {
        if (!await db.Episodes.AnyAsync(e => e.Id == id && e.UserId == owner.Id, cancellationToken))
            return TypedResults.NotFound();

        var entries = await db.History.AsNoTracking()
            .Where(h => h.EpisodeId == id).OrderBy(h => h.Version).ToListAsync(cancellationToken);
        return TypedResults.Ok(new HistoryView(entries.ConvertAll(HistoryLine.Of)));
    }
}
