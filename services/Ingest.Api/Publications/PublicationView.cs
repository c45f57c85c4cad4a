namespace Podcast.Ingest.Api.Publications;

/// <summary>The publications of an episode, one for each channel of its show; empty before the episode is processed.</summary>
/// <param name="Status"><c>none</c>, <c>publishing</c>, <c>published</c> on all channels, or <c>partly_published</c>.</param>
internal sealed record PublicationsView(string Status, IReadOnlyList<PublicationView> Publications)
{
    public static PublicationsView Of(IReadOnlyCollection<Publication> rows)
    {
        var published = rows.Count(row => row.Snapshot.Status == PublicationStatus.Published);
        var status = rows.Count == 0 ? "none"
            : published == rows.Count ? "published"
            : rows.Any(row => row.Snapshot.Status is PublicationStatus.Publishing or PublicationStatus.AwaitsApproval) ? "publishing"
            : published > 0 ? "partly_published"
            : WireNames<PublicationStatus>.Of(rows.First().Snapshot.Status);
        return new(status, [.. rows.OrderBy(row => row.Channel).Select(row => PublicationView.Of(row.Snapshot))]);
    }
}

/// <summary>An episode on one channel.</summary>
/// <param name="Reason">Why it waits, or what went wrong; text for people.</param>
/// <param name="Advice">What a person can do about it.</param>
/// <param name="WaitsUntil">When the next step begins, if it waits for a time.</param>
/// <param name="Percent">How much of the file is uploaded, 0–100; null if its size is unknown.</param>
/// <param name="PublicAt">When the channel makes it public, if it is scheduled.</param>
/// <param name="Notes">What was changed or left out for the channel, and what is missing there.</param>
/// <param name="PlannedAt">When its upload begins, or began.</param>
/// <param name="CaptionsPlannedAt">When captions that follow a public video are added; null if none are to come.</param>
/// <param name="PlannedWhy">Why then.</param>
/// <param name="HeldBy">Who holds it; null: nobody.</param>
/// <param name="ReleaseAt">When it is to become public; null: as soon as it can.</param>
internal sealed record PublicationView(
    string Channel, string Status, string Step, string? Reason, string? Advice, DateTime? WaitsUntil, string? RemoteId, Uri? Link,
    int? Percent, DateTime? PublicAt, IReadOnlyList<string> Notes, int Version, DateTime UpdatedAt,
    DateTime? PlannedAt = null, DateTime? CaptionsPlannedAt = null, string? PlannedWhy = null,
    string? HeldBy = null, string? HeldWhy = null, DateTime? ReleaseAt = null)
{
    public static PublicationView Of(PublicationChanged change) => new(
        WireNames<PublishingChannel>.Of(change.Channel), WireNames<PublicationStatus>.Of(change.Status), change.Step, change.Reason,
        change.Advice, change.DueAt?.UtcDateTime, change.RemoteId, change.Link,
        change.TotalBytes is > 0 and var total ? (int)(100 * change.SentBytes / total) : null,
        change.PublicAt?.UtcDateTime, change.Notes, change.Version, change.At.UtcDateTime,
        change.PlannedAt?.UtcDateTime, change.CaptionsPlannedAt?.UtcDateTime, change.PlannedWhy,
        change.HeldBy, change.HeldWhy, change.ReleaseAt?.UtcDateTime);
}
