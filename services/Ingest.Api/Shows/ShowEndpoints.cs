namespace Podcast.Ingest.Api.Shows;

/// <summary>Makes and shows an owner's shows: what a team decides once for all of a show's episodes.</summary>
internal static class ShowEndpoints
{
    public static void MapShows(this RouteGroupBuilder shows)
    {
        shows.MapGet("/", List).WithSummary("Your shows, by slug");
        shows.MapGet("/{slug}", Read).WithSummary("A show");
        shows.MapPut("/{slug}", Put).WithSummary("Make or replace a show")
            .WithDescription(
                "Replaces all of it: what is left out is gone. Of two writers the last wins; `version` and `updated_at` tell. An "
                + "`account` is the name of credentials, never a key: those belong to the service that publishes. The plan counts for "
                + $"episodes that come from then on. Patterns may contain {{{string.Join("}, {", ShowPattern.Placeholders)}}}.");
    }

    private static async Task<Ok<ShowList>> List(Owner owner, ShowStore shows, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ShowList((await shows.All(owner, cancellationToken)).ConvertAll(ShowView.Of)));

    private static async Task<Results<Ok<ShowView>, NotFound>> Read(
        Owner owner, string slug, ShowStore shows, CancellationToken cancellationToken) =>
        await shows.Find(owner, slug, cancellationToken) is { } show ? TypedResults.Ok(ShowView.Of(show)) : TypedResults.NotFound();

    private static async Task<Results<Created<ShowView>, Ok<ShowView>, ValidationProblem, ProblemHttpResult>> Put(
        string slug, Posted<PutShow> posted, ShowStore shows, CancellationToken cancellationToken)
    {
        if (!ShowPattern.IsSlug(slug))
            return RequestJson.Invalid("slug", $"must be 1 to {ShowPattern.LongestSlug} lower-case letters, digits and hyphens.");

        var outcome = await shows.Put(posted, slug, cancellationToken);
        return outcome.Answer switch
        {
            null => outcome.Refusal!,
            { Version: 1 } made => TypedResults.Created($"{posted.Http.Request.PathBase}/shows/{slug}", made),
            var replaced => TypedResults.Ok(replaced),
        };
    }
}
