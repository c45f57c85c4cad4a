using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Lanes;

/// <summary>Shows whether providers can be called, and lets an operator resume calls.</summary>
internal static class LaneEndpoints
{
    private const int MostEvents = 100;

    public static void MapLanes(this RouteGroupBuilder lanes)
    {
        lanes.MapGet("/", List).WithSummary("The providers, and whether they are called");
        lanes.MapGet("/{name}", Show).WithSummary("A provider, with what was done about it, newest first");
        lanes.MapPost("/{name}/resume", Resume).WithSummary("Call a provider again at once; for operators")
            .RequireAuthorization(policy => policy.RequireOperator())
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<LanesAnswer>> List(IReadOnlyList<ProviderThrottle> lanes, CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll(lanes.Select(lane => lane.Read(cancellationToken)));
        return TypedResults.Ok(new LanesAnswer([.. all.Select(lane => LaneAnswer.Of(lane))]));
    }

    private static async Task<Results<Ok<LaneAnswer>, NotFound>> Show(
        string name, IReadOnlyList<ProviderThrottle> lanes, CancellationToken cancellationToken) =>
        lanes.FirstOrDefault(lane => lane.Name == name) is { } lane
            ? TypedResults.Ok(LaneAnswer.Of(await lane.Read(cancellationToken), await lane.Events(MostEvents, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<LaneAnswer>, NotFound, ProblemHttpResult>> Resume(
        string name, Body<ActionRequest> body, Owner owner, HttpContext http, IReadOnlyList<ProviderThrottle> lanes, IdempotencyStore posts,
        CancellationToken cancellationToken)
    {
        if (lanes.FirstOrDefault(lane => lane.Name == name) is not { } lane)
            return TypedResults.NotFound();

        var key = RequestKey.Of(http.Request, owner, body.Request);
        var outcome = await posts.Known<LaneAnswer>(key, cancellationToken) ?? await posts.Do<LaneAnswer>(
            key, async () => LaneAnswer.Of(await lane.Resume(owner.Id, body.Request.Why, cancellationToken)), cancellationToken);
        return outcome.Answer is { } resumed ? TypedResults.Ok(resumed) : outcome.Refusal!;
    }
}
