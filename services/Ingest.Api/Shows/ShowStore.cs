namespace Podcast.Ingest.Api.Shows;

/// <summary>Stores and reads the shows of an owner; other owners' shows are not found.</summary>
internal sealed class ShowStore(IngestDb db, IdempotencyStore posts, IPublishEndpoint bus, TimeProvider clock)
{
    public Task<Show?> Find(Owner owner, string slug, CancellationToken cancellationToken) =>
        db.Shows.AsNoTracking().SingleOrDefaultAsync(show => show.UserId == owner.Id && show.Slug == slug, cancellationToken);

    public Task<List<Show>> All(Owner owner, CancellationToken cancellationToken) =>
        db.Shows.AsNoTracking().Where(show => show.UserId == owner.Id).OrderBy(show => show.Slug).ToListAsync(cancellationToken);

    /// <summary>Creates or replaces a show and announces it (outbox) in one transaction; the last of two concurrent writers wins.</summary>
    public Task<Outcome<ShowView>> Put(Posted<PutShow> posted, string slug, CancellationToken cancellationToken) =>
        posts.Do<ShowView>(posted.Key, async () =>
        {
            await db.Lock($"show {slug} of {posted.Owner.Id}", cancellationToken);
            var now = clock.GetUtcMilliseconds();
            var show = await db.Shows.SingleOrDefaultAsync(s => s.UserId == posted.Owner.Id && s.Slug == slug, cancellationToken)
                ?? db.Shows.Add(new Show { UserId = posted.Owner.Id, Slug = slug, Put = posted.Body, CreatedAt = now }).Entity;
            (show.Put, show.Version, show.UpdatedAt) = (posted.Body, show.Version + 1, now);
            await db.SaveChangesAsync(cancellationToken);
            await bus.Publish(
                new ShowChanged(show.UserId, show.Slug, show.Version, show.Put.Settings(), show.UpdatedAt), cancellationToken);
            return ShowView.Of(show);
        }, cancellationToken);

    /// <summary>The show of a new episode: the one that its upload names, or else the owner's only one.</summary>
    /// <returns>Neither a show nor a refusal: the upload names none, and the owner has none or several.</returns>
    public async Task<(Show? Show, ProblemHttpResult? Refusal)> Of(
        Owner owner, string? slug, CancellationToken cancellationToken)
    {
        if (slug is null)
        {
            var first = await db.Shows.AsNoTracking()
                .Where(show => show.UserId == owner.Id).OrderBy(show => show.Slug).Take(2).ToListAsync(cancellationToken);
            return (first is [var only] ? only : null, null);
        }

        return await Find(owner, slug, cancellationToken) is { } named
            ? (named, null)
            : (null, Refusals.Unprocessable("No such show", "show", "is none of your shows: PUT /shows/{slug} makes one."));
    }
}
