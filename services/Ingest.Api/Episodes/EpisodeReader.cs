using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>Reads episodes for their owner; other owners' episodes are not found.</summary>
internal sealed class EpisodeReader(
    IngestDb db, [FromKeyedServices(IttybitClient.Name)] ProviderThrottle lane, TimeProvider clock, ILogger<EpisodeReader> logger)
{
    /// <param name="owner">Null finds an episode of any owner; only for operators.</param>
    public Task<Episode?> Find(Owner? owner, Guid id, CancellationToken cancellationToken)
    {
        var episodes = db.Episodes.AsNoTracking().Include(e => e.Tasks).Where(e => e.Id == id);
        return (owner is null ? episodes : episodes.Where(e => e.UserId == owner.Id)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<EpisodeView?> View(Owner owner, Guid id, CancellationToken cancellationToken) =>
        await Find(owner, id, cancellationToken) is { } episode ? (await Views([episode], true, cancellationToken))[0] : null;

    /// <summary>A view without <see cref="EpisodeView.WaitingFor"/>, for an answer that the idempotency store may keep.</summary>
    public async Task<EpisodeView> View(Episode episode, CancellationToken cancellationToken) =>
        (await Views([episode], false, cancellationToken))[0];

    public Task<List<EpisodeView>> Views(List<Episode> episodes, CancellationToken cancellationToken) =>
        Views(episodes, true, cancellationToken);

    /// <summary>
    /// Up to <paramref name="count"/> episodes, newest first: the next ones after <paramref name="after"/> in this order, or the last
    /// ones before <paramref name="before"/>.
    /// </summary>
    public async Task<IReadOnlyList<EpisodeView>> Page(
        Owner owner, EpisodeFilter filter, Cursor? after, Cursor? before, int count, CancellationToken cancellationToken)
    {
        var episodes = (await filter.Of(db, owner, cancellationToken)).Include(e => e.Tasks).AsQueryable();
        if (after is { CreatedAt: var at, Id: var id })
            episodes = episodes.Where(e => e.CreatedAt <= at && (e.CreatedAt < at || e.Id < id));
        if (before is { CreatedAt: var until, Id: var first })
            episodes = episodes.Where(e => e.CreatedAt >= until && (e.CreatedAt > until || e.Id > first));

        var ordered = before is null
            ? episodes.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id)
            : episodes.OrderBy(e => e.CreatedAt).ThenBy(e => e.Id);
        var page = await ordered.Take(count).ToListAsync(cancellationToken);
        if (before is not null)
            page.Reverse();
        return await Views(page, true, cancellationToken);
    }

    /// <summary>The number of episodes by status; a status without any is missing.</summary>
    public async Task<Dictionary<string, int>> Counts(Owner owner, EpisodeFilter filter, CancellationToken cancellationToken) =>
        await (await filter.Of(db, owner, cancellationToken)).GroupBy(e => e.Status)
            .Select(same => new { same.Key, Count = same.Count() })
            .ToDictionaryAsync(same => same.Key, same => same.Count, cancellationToken);

    /// <summary>Up to <paramref name="count"/> episodes that were stored after <paramref name="since"/>, in that order.</summary>
    public Task<List<Episode>> ChangedAfter(Owner owner, Cursor since, int count, CancellationToken cancellationToken)
    {
        var (at, id) = ((DateTimeOffset?)since.CreatedAt, since.Id);
        return db.Episodes.AsNoTracking().Include(e => e.Tasks)
            .Where(e => e.UserId == owner.Id && e.ChangedAt >= at && (e.ChangedAt > at || e.Id > id))
            .OrderBy(e => e.ChangedAt).ThenBy(e => e.Id).Take(count).ToListAsync(cancellationToken);
    }

    private async Task<List<EpisodeView>> Views(List<Episode> episodes, bool withSentence, CancellationToken cancellationToken)
    {
        var ids = episodes.Select(e => e.Id).ToArray();
        var withTranscript = await db.Transcripts
            .Where(t => ids.Contains(t.EpisodeId)).Select(t => t.EpisodeId).ToHashSetAsync(cancellationToken);

        var (ittybit, now) = (withSentence && episodes.Count > 0 ? await Ittybit(cancellationToken) : null, clock.GetUtcNow());
        return episodes.ConvertAll(episode => withSentence
            ? EpisodeView.Of(episode, withTranscript.Contains(episode.Id), WaitingFor.Of(episode, ittybit, now)) with
            {
                Waiting = WaitingPart.Of(episode, ittybit, now),
                Actions = ActionRules.Possible(episode),
            }
            : EpisodeView.Of(episode, withTranscript.Contains(episode.Id), null));
    }

    /// <summary>The throttle's state; null if it cannot be read, because episodes can be shown without it.</summary>
    private async Task<ThrottleStatus?> Ittybit(CancellationToken cancellationToken)
    {
        try
        {
            return await lane.Read(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LaneUnknown(failure.GetBaseException().GetType().Name);
            return null;
        }
    }
}
