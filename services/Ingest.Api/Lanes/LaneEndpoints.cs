using Microsoft.AspNetCore.Http.HttpResults;
using Podcast.Ingest.Api.Actions;
using Podcast.Ingest.Api.Auth;
using Podcast.Ingest.Api.Requests;
using Podcast.Throttling;

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

    private static async Task<Ok<LanesAnswer>> List(ProviderThrottle lane, CancellationToken cancellationToken) =>
        TypedResults.Ok(new LanesAnswer([LaneAnswer.Of(await lane.Read(cancellationToken))]));

    private static async Task<Results<Ok<LaneAnswer>, NotFound>> Show(string name, ProviderThrottle lane, CancellationToken cancellationToken) =>
        name != lane.Name
            ? TypedResults.NotFound()
            : TypedResults.Ok(LaneAnswer.Of(
                await lane.Read(cancellationToken), await lane.Events(MostEvents, cancellationToken)));

    private static async Task<Results<Ok<LaneAnswer>, NotFound, ProblemHttpResult>> Resume(
        string name, Body<ActionRequest> body, Owner owner, HttpContext http, ProviderThrottle lane, IdempotencyStore posts, CancellationToken cancellationToken)
    {
        if (name != lane.Name)
            return TypedResults.NotFound();

        var key = RequestKey.Of(http.Request, owner, body.Request);
        var outcome = await posts.Known<LaneAnswer>(key, cancellationToken) ?? await posts.Do<LaneAnswer>(
            key, async () => LaneAnswer.Of(await lane.Resume(owner.Id, body.Request.Why, cancellationToken)), cancellationToken);
        return outcome.Answer is { } resumed ? TypedResults.Ok(resumed) : outcome.Refusal!;
    }
}
