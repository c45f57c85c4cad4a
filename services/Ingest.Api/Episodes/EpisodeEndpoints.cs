namespace Podcast.Ingest.Api.Episodes;

internal static class EpisodeEndpoints
{
    public static void MapEpisodes(this RouteGroupBuilder episodes)
    {
        episodes.MapGet("/", List).WithSummary("Your episodes, newest first")
            .WithDescription(
                "`status` keeps those of one status, `q` those whose title has words that begin so, or that have this id, or a task with "
                + "this id at Ittybit; the `Link` header with `rel=\"next\"` leads to the next page. "
                + "`before`, with the answer's `previous_cursor`, leads back.");
        episodes.MapGet("/counts", Count).WithSummary("How many of your episodes there are, by status")
            .WithDescription("`q` as for the list.");
        episodes.MapEpisodeChanges();
        episodes.MapGet("/{id:guid}", Show).WithSummary("An episode as it stands");
        episodes.MapGet("/{id:guid}/history", History).WithSummary("What happened to an episode, oldest first");
    }

    private static async Task<Results<Ok<EpisodePage>, ValidationProblem>> List(
        Owner owner, EpisodeReader episodes, HttpContext http, string? status, string? q, string? limit, string? cursor,
        string? before, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (status is not null && !Status.All.Contains(status))
            errors["status"] = [$"must be one of {string.Join(", ", Status.All)}."];
        if (EpisodeFilter.Refuse(q) is { } wrong)
            errors["q"] = [wrong];
        var count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100))
            errors["limit"] = ["must be from 1 to 100."];
        var after = cursor is null ? null : Cursor.Parse(cursor);
        if (cursor is not null && after is null)
            errors["cursor"] = ["is not one of ours: leave it out to begin at the newest."];
        var newer = before is null ? null : Cursor.Parse(before);
        if (before is not null && (newer is null || cursor is not null))
            errors["before"] = ["is not one of ours, or there is a cursor, too."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        // Read one more than requested, to know whether there is another page.
        var filter = new EpisodeFilter(status, q);
        var read = await episodes.Page(owner, filter, after, newer, count + 1, cancellationToken);
        var more = read.Count > count;
        IReadOnlyList<EpisodeView> page = more ? [.. newer is null ? read.Take(count) : read.Skip(1)] : read;
        var next = page.Count > 0 && (more || newer is not null) ? CursorOf(page[^1]) : null;
        var previous = page.Count > 0 && (newer is null ? after is not null : more) ? CursorOf(page[0]) : null;
        if (next is not null)
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{Query(filter, count, next)}>; rel=\"next\"";
        return TypedResults.Ok(new EpisodePage(page, next, previous));
    }

    private static string CursorOf(EpisodeView episode) => new Cursor(episode.CreatedAt, episode.Id).ToString();

    private static QueryString Query(EpisodeFilter filter, int count, string next)
    {
        var query = filter.Status is { } status ? QueryString.Create("status", status) : QueryString.Empty;
        query = filter.Text is { } text ? query.Add("q", text) : query;
        return query.Add("limit", $"{count}").Add("cursor", next);
    }

    private static async Task<Results<Ok<EpisodeCounts>, ValidationProblem>> Count(
        Owner owner, EpisodeReader episodes, string? q, CancellationToken cancellationToken) =>
        EpisodeFilter.Refuse(q) is { } wrong
            ? RequestJson.Invalid("q", wrong)
            : TypedResults.Ok(EpisodeCounts.Of(await episodes.Counts(owner, new EpisodeFilter(Text: q), cancellationToken)));

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
