namespace Podcast.Ingest.Api.Episodes;

/// <summary>
/// What was stored since a moment, for whoever shows episodes and wants to keep them current. An episode appears once, as it stands.
/// </summary>
/// <param name="Token">The value of <c>?after=</c> for what is stored later. What was stored in the last moments may come again.</param>
/// <param name="More">True if there is more already.</param>
internal sealed record EpisodeChanges(IReadOnlyList<EpisodeView> Episodes, string Token, bool More);

internal static class EpisodeChangesEndpoint
{
    private const int Most = 200;

    /// <summary>
    /// Transactions that write do not commit in the order of their times. The token therefore stays behind by as much as one may take,
    /// with what the clocks of several instances may differ by.
    /// </summary>
    private static readonly TimeSpan settled = TimeSpan.FromSeconds(3);

    public static void MapEpisodeChanges(this RouteGroupBuilder episodes) =>
        episodes.MapGet("/changes", List).WithSummary("Your episodes that changed since, oldest change first")
            .WithDescription($"Without `after`: none, and the token to begin with. At most {Most} at a time; some may come twice.");

    private static async Task<Results<Ok<EpisodeChanges>, ValidationProblem>> List(
        Owner owner, EpisodeReader episodes, TimeProvider clock, string? after, CancellationToken cancellationToken)
    {
        var horizon = new Cursor(clock.GetUtcMilliseconds() - settled, Guid.Empty);
        if (after is null)
            return TypedResults.Ok(new EpisodeChanges([], horizon.ToString(), false));
        if (Cursor.Parse(after) is not { } since)
            return RequestJson.Invalid("after", "is not one of our tokens: leave it out to get one.");

        var changed = await episodes.ChangedAfter(owner, since, Most, cancellationToken);
        var last = changed.Count == 0 ? since : new Cursor(changed[^1].ChangedAt!.Value, changed[^1].Id);
        var next = last.CreatedAt < horizon.CreatedAt ? last : since.CreatedAt < horizon.CreatedAt ? horizon : since;
        return TypedResults.Ok(new EpisodeChanges(
            await episodes.Views(changed, cancellationToken), next.ToString(), changed.Count == Most));
    }
}
