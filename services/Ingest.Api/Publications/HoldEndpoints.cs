using Podcast.Ingest.Api.Actions;
using Podcast.Ingest.Api.Uploads;

namespace Podcast.Ingest.Api.Publications;

/// <summary>The body of <c>POST …/move</c>.</summary>
/// <param name="To">A time with an offset, or else in UTC; in the past means as soon as it can.</param>
/// <param name="Why">The reason, stored among the publication's notes; at most 500 characters.</param>
internal sealed record MoveRequest(
    [property: Required, TimeText] string To, [property: MaxLength(500), PlainText] string? Why = null);

/// <summary>A person's hand in the plan: hold a release, let it go, move it. The publishing service decides finally.</summary>
internal static class HoldEndpoints
{
    public static void MapHolds(this RouteGroupBuilder publications)
    {
        publications.MapPost("/{channel}/hold", Hold).WithSummary("Let a publication not go on, until it is resumed")
            .WithDescription("A step that is under way ends first. What is held has no place in the plan.");
        publications.MapPost("/{channel}/resume", Resume).WithSummary("Let a held publication go on");
        publications.MapPost("/{channel}/move", Move).WithSummary("Make an episode public on a channel at another time")
            .WithDescription("It is uploaded as planned. Not possible once the channel has been told the time.");
    }

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Hold(
        Guid id, string channel, Posted<ActionRequest> posted, IngestDb db, IPublishEndpoint bus, TimeProvider clock,
        CancellationToken cancellationToken) =>
        PublicationEndpoints.Send(
            posted.Owner, id, channel, db, bus,
            kind => new HoldPublication(id, kind, posted.Owner.By, clock.GetUtcNow(), posted.Body.Why), cancellationToken,
            now => now switch
            {
                { HeldBy: { } by } => $"{by} holds it already.",
                _ when !IsUnreleased(now) || now.Status != PublicationStatus.Publishing =>
                    $"The publication is {WireNames<PublicationStatus>.Of(now.Status)}: only what is on its way can be held.",
                _ => null,
            });

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Resume(
        Guid id, string channel, Posted<ActionRequest> posted, IngestDb db, IPublishEndpoint bus, TimeProvider clock,
        CancellationToken cancellationToken) =>
        PublicationEndpoints.Send(
            posted.Owner, id, channel, db, bus,
            kind => new ResumePublication(id, kind, posted.Owner.By, clock.GetUtcNow(), posted.Body.Why), cancellationToken,
            now => now.HeldBy is null ? "Nobody holds it: somebody may have let it go." : null);

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Move(
        Guid id, string channel, Posted<MoveRequest> posted, IngestDb db, IPublishEndpoint bus, TimeProvider clock,
        CancellationToken cancellationToken) =>
        PublicationEndpoints.Send(
            posted.Owner, id, channel, db, bus,
            kind => new MoveRelease(
                id, kind, TimeText.Parse(posted.Body.To, TimeZoneInfo.Utc)!.Value, posted.Owner.By, clock.GetUtcNow(), posted.Body.Why),
            cancellationToken,
            now => IsUnreleased(now) ? null : "The channel has been told its time already: change it there, or take it down.");

    private static bool IsUnreleased(PublicationChanged now) =>
        now.Status is PublicationStatus.Publishing or PublicationStatus.AwaitsApproval or PublicationStatus.Failed
        && now.Step is not ("confirm" or "trailing_captions" or "confirm_captions" or "retract");
}
