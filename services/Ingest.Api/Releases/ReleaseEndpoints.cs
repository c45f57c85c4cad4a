namespace Podcast.Ingest.Api.Releases;

/// <summary>What goes out when, on all channels.</summary>
internal static class ReleaseEndpoints
{
    public static void MapReleases(this RouteGroupBuilder releases)
    {
        releases.MapQuotas();
        releases.MapGet("/plan", Plan).WithSummary("What goes out when: your publications that are not finished, by date")
            .WithDescription(
                "The publishing service plans by the channels' quotas, the newest episode first, and plans anew when something changes. "
                + "What has no date comes last: it waits for a person, or its date is not known.");
    }

    private static async Task<Ok<ReleasePlan>> Plan(Owner owner, IngestDb db, CancellationToken cancellationToken)
    {
        var rows = await db.Publications.AsNoTracking().Where(row => row.IsOpen)
            .Join(
                db.Episodes.Where(episode => episode.UserId == owner.Id), row => row.EpisodeId, episode => episode.Id,
                (row, episode) => new { row.Snapshot, episode.Title, episode.Show })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new ReleasePlan(
        [
            .. rows.Where(row => Publication.IsUnfinished(row.Snapshot)) // rows of former versions are all marked as open
                .Select(row => PlannedRelease.Of(row.Snapshot, row.Title, row.Show))
                .OrderBy(release => release.NextAt ?? DateTime.MaxValue).ThenBy(release => release.EpisodeId)
                .ThenBy(release => release.Channel, StringComparer.Ordinal),
        ]));
    }
}

/// <summary>The publications that are not finished, in the order of their next dates.</summary>
internal sealed record ReleasePlan(IReadOnlyList<PlannedRelease> Releases);

/// <summary>An episode on one channel, on which something is to come. Times are UTC.</summary>
/// <param name="Show">The slug of the show; null if the upload named none.</param>
/// <param name="Status">As among the episode's publications; <c>published</c> if only its captions are to come.</param>
/// <param name="PlannedAt">When its upload begins, or began; null if it waits for a person, or if the time is not known.</param>
/// <param name="CaptionsPlannedAt">The promised time of captions that follow a public video; null if none are to come.</param>
/// <param name="PublicAt">When the channel makes it public, if it is scheduled.</param>
/// <param name="Why">Why then, or what it waits for; text for people.</param>
/// <param name="HeldBy">Who holds it; null: nobody.</param>
/// <param name="ReleaseAt">When it is to become public; null: as soon as it can.</param>
/// <param name="Step">As among the episode's publications.</param>
internal sealed record PlannedRelease(
    Guid EpisodeId, string Title, string? Show, string Channel, string Status, DateTime? PlannedAt, DateTime? CaptionsPlannedAt,
    DateTime? PublicAt, string? Why, string? HeldBy, DateTime? ReleaseAt, string Step)
{
    /// <summary>By which the plan is sorted.</summary>
    [JsonIgnore]
    public DateTime? NextAt => Status == WireNames<PublicationStatus>.Of(PublicationStatus.Published) ? CaptionsPlannedAt : PlannedAt;

    public static PlannedRelease Of(PublicationChanged change, string title, string? show)
    {
        var goesOn = change.Status is PublicationStatus.Publishing or PublicationStatus.Published;
        return new(
            change.EpisodeId, title, show, WireNames<PublishingChannel>.Of(change.Channel), WireNames<PublicationStatus>.Of(change.Status),
            goesOn ? change.PlannedAt?.UtcDateTime : null, change.CaptionsPlannedAt?.UtcDateTime, change.PublicAt?.UtcDateTime,
            change.HeldBy is null ? WhyOf(change) : change.HeldWhy,
            change.HeldBy, change.ReleaseAt?.UtcDateTime, change.Step);
    }

    private static string? WhyOf(PublicationChanged change) => change.Status switch
    {
        PublicationStatus.AwaitsApproval => "Everything is uploaded, and a person must approve it.",
        PublicationStatus.Failed => $"It waits for a person: {change.Reason} {change.Advice}".TrimEnd(),
        _ => change.PlannedWhy ?? change.Reason,
    };
}
