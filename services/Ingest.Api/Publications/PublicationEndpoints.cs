using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Publications;

/// <summary>Where an episode stands on its channels, and an owner's commands for it.</summary>
internal static class PublicationEndpoints
{
    public static void MapPublications(this RouteGroupBuilder episodes)
    {
        var publications = episodes.MapGroup("/{id:guid}/publications");
        publications.MapGet("/", List).WithSummary("Where an episode stands on its channels");
        publications.MapPost("/{channel}/approve", Approve).WithSummary("Let an episode become public on a channel");
        publications.MapPost("/{channel}/retry", Retry).WithSummary("Continue a publication that failed, or that waits, at once");
        publications.MapHolds();
        publications.MapPost("/{channel}/retract", Retract).WithSummary("Take an episode down from a channel")
            .WithDescription("The item stays there as a draft or private; what remains is among its notes.");
    }

    private static async Task<Results<Ok<PublicationsView>, NotFound>> List(
        Owner owner, Guid id, IngestDb db, CancellationToken cancellationToken) =>
        await IsOwned(db, owner, id, cancellationToken)
            ? TypedResults.Ok(PublicationsView.Of(
                await db.Publications.AsNoTracking().Where(row => row.EpisodeId == id).ToListAsync(cancellationToken)))
            : TypedResults.NotFound();

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Approve(
        Guid id, string channel, Posted<ActionRequest> posted, IngestDb db, IPublishEndpoint bus, TimeProvider clock,
        CancellationToken cancellationToken) =>
        Send(
            posted.Owner, id, channel, db, bus, kind => new ApprovePublication(id, kind, posted.Owner.By, clock.GetUtcNow()),
            cancellationToken);

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Retry(
        Guid id, string channel, Posted<ActionRequest> posted, IngestDb db, IPublishEndpoint bus, CancellationToken cancellationToken) =>
        Send(posted.Owner, id, channel, db, bus, kind => new RetryPublication(id, kind, posted.Owner.By), cancellationToken);

    private static Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Retract(
        Guid id, string channel, Posted<ActionRequest> posted, IngestDb db, IPublishEndpoint bus, CancellationToken cancellationToken) =>
        Send(
            posted.Owner, id, channel, db, bus, kind => new RetractPublication(id, kind, posted.Owner.By, posted.Body.Why),
            cancellationToken);

    /// <summary>The outbox publishes the command; what it does shows in the publication.</summary>
    /// <param name="refuse">Says why the command makes no sense now; null if it does.</param>
    internal static async Task<Results<Accepted<PublicationView>, NotFound, ProblemHttpResult>> Send(
        Owner owner, Guid id, string channel, IngestDb db, IPublishEndpoint bus, Func<PublishingChannel, object> command,
        CancellationToken cancellationToken, Func<PublicationChanged, string?>? refuse = null)
    {
        if (WireNames<PublishingChannel>.Find(channel) is not { } kind || !await IsOwned(db, owner, id, cancellationToken)
            || await db.Publications.FindAsync([id, kind], cancellationToken) is not { } publication)
            return TypedResults.NotFound();
        if (refuse?.Invoke(publication.Snapshot) is { } why)
            return Refusals.Conflict(why);

        var message = command(kind);
        await bus.Publish(message, message.GetType(), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Accepted($"/episodes/{id}/publications", PublicationView.Of(publication.Snapshot));
    }

    private static Task<bool> IsOwned(IngestDb db, Owner owner, Guid id, CancellationToken cancellationToken) =>
        db.Episodes.AnyAsync(episode => episode.Id == id && episode.UserId == owner.Id, cancellationToken);
}
