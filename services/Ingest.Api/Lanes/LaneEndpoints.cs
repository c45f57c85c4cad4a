using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Lanes;

/// <summary>Shows whether providers can be called, and lets an operator resume calls.</summary>
internal static class LaneEndpoints
{
    public static void MapLanes(this RouteGroupBuilder lanes)
    {
        lanes.MapGet("/", List).WithSummary("The providers, and whether they are called")
            .WithDescription("Every lane in which any service calls: a provider, or one account at it, such as transistor/acme.");
        lanes.MapGet("/{**name}", Show).WithSummary("A provider, with what was done about it, newest first");
        lanes.MapPost("/{name}/resume", Resume).WithSummary("Call a provider again at once; for operators")
            .RequireOperator()
            .ProducesProblem(StatusCodes.Status404NotFound);

        // A catch-all parameter can only be the last one, so the second segment of "transistor/acme" needs a route.
        lanes.MapPost("/{provider}/{account}/resume", ResumeOfAccount).WithSummary("The same for the lane of one account; for operators")
            .RequireOperator()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<LanesAnswer>> List(LaneDirectory lanes, CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll((await lanes.All(cancellationToken)).Select(lane => lane.Read(cancellationToken)));
        return TypedResults.Ok(new LanesAnswer([.. all.Select(lane => LaneAnswer.Of(lane))]));
    }

    private static async Task<Results<Ok<LaneAnswer>, NotFound>> Show(
        string name, LaneDirectory lanes, CancellationToken cancellationToken) =>
        await lanes.Find(name, cancellationToken) is { } lane
            ? TypedResults.Ok(LaneAnswer.Of(await lane.Read(cancellationToken), await lane.Events(most: 100, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<LaneAnswer>, NotFound, ProblemHttpResult>> Resume(
        string name, Posted<ActionRequest> posted, LaneDirectory lanes, IdempotencyStore posts,
        CancellationToken cancellationToken)
    {
        if (await lanes.Find(name, cancellationToken) is not { } lane)
            return TypedResults.NotFound();

        var outcome = await posts.Do<LaneAnswer>(
            posted.Key,
            async () => LaneAnswer.Of(await lane.Resume(posted.Owner.By, posted.Body.Why, cancellationToken)),
            cancellationToken);
        return outcome.Answer is { } resumed ? TypedResults.Ok(resumed) : outcome.Refusal!;
    }

    private static Task<Results<Ok<LaneAnswer>, NotFound, ProblemHttpResult>> ResumeOfAccount(
        string provider, string account, Posted<ActionRequest> posted, LaneDirectory lanes, IdempotencyStore posts,
        CancellationToken cancellationToken) => Resume($"{provider}/{account}", posted, lanes, posts, cancellationToken);
}

/// <summary>All providers.</summary>
internal sealed record LanesAnswer(IReadOnlyList<LaneAnswer> Lanes);

/// <summary>A provider in JSON. Times are UTC.</summary>
/// <param name="State"><c>open</c>, <c>slowed</c> or <c>paused</c>.</param>
/// <param name="Reason">Why it is slowed or paused.</param>
/// <param name="By">The name of the provider whose response caused the state, or a user's <c>sub</c>.</param>
/// <param name="Until">When the next call is tried.</param>
/// <param name="Rate">Calls per second, over all processes; 0 means unlimited.</param>
/// <param name="Events">State changes, newest first; null in lists.</param>
internal sealed record LaneAnswer(
    string Name, string State, string? Reason, string? By, DateTime? Since, DateTime? Until, double Rate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<LaneEventLine>? Events)
{
    public static LaneAnswer Of(ThrottleStatus lane, IReadOnlyList<ThrottleEvent>? events = null) => new(
        lane.Name, WireNames<LaneState>.Of(lane.State), lane.Why, lane.By, lane.Since?.UtcDateTime, lane.Until?.UtcDateTime,
        Math.Round(lane.Rate, 1),
        events?.Select(e => new LaneEventLine(e.At.UtcDateTime, e.What, e.By, e.Why)).ToArray());
}

/// <summary>A state change of a provider's lane.</summary>
/// <param name="What"><c>paused</c>, <c>slowed</c>, <c>opened</c> (a call succeeded) or <c>resumed</c> (by an operator).</param>
internal sealed record LaneEventLine(DateTime At, string What, string By, string? Why);
