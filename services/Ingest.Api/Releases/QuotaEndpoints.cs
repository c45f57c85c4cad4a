namespace Podcast.Ingest.Api.Releases;

/// <summary>What the channels' quotas have left.</summary>
internal sealed record QuotasView(IReadOnlyList<QuotaView> Quotas);

/// <summary>A quota of a channel, which all shows that publish with the project share. Times are UTC.</summary>
/// <param name="Project">The name of the project's OAuth client.</param>
/// <param name="Bucket"><c>uploads</c>, or <c>units</c> for all other calls, captions among them.</param>
/// <param name="Spent">Of the present day.</param>
/// <param name="CaptionsLeft">For the captions of how many videos the rest suffices; null if they cost nothing of it.</param>
internal sealed record QuotaView(
    string Channel, string Project, string Bucket, int Spent, int Limit, int? CaptionsLeft, DateTime ResetsAt);

internal static class QuotaEndpoints
{
    public static void MapQuotas(this RouteGroupBuilder releases) =>
        releases.MapGet("/quotas", List).WithSummary("How much of the channels' quotas is spent, and when they are new");

    private static async Task<Ok<QuotasView>> List(IngestDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Quotas.AsNoTracking()
            .OrderBy(quota => quota.Channel).ThenBy(quota => quota.Project).ThenBy(quota => quota.Bucket)
            .Select(quota => quota.Told).ToListAsync(cancellationToken);
        return TypedResults.Ok(new QuotasView([.. rows.Select(told => Of(told, now))]));
    }

    /// <summary>A day that is over has spent nothing of the next one, of which nothing was told yet.</summary>
    private static QuotaView Of(QuotaSpent told, DateTimeOffset now)
    {
        var (spent, resetsAt) = (told.Spent, told.ResetsAt);
        for (; resetsAt <= now; resetsAt = resetsAt.AddDays(1))
            spent = 0;
        return new(
            WireNames<PublishingChannel>.Of(told.Channel), told.Project, told.Bucket == "inserts" ? "uploads" : told.Bucket, spent,
            told.Limit,
            told.CaptionsCost == 0 ? null : Math.Max(0, told.Limit - spent) / told.CaptionsCost, resetsAt.UtcDateTime);
    }
}
