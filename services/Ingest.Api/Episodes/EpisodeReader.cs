using Microsoft.EntityFrameworkCore;
using Podcast.Ingest.Api.Auth;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>Finds episodes for their owner: another's is not there.</summary>
internal sealed class EpisodeReader(IngestDb db)
{
    public Task<Episode?> Find(Owner owner, Guid id, CancellationToken cancellationToken) =>
        db.Episodes.AsNoTracking()
            .Include(e => e.Tasks)
            .SingleOrDefaultAsync(e => e.Id == id && e.UserId == owner.Id, cancellationToken);

    public async Task<EpisodeView?> View(Owner owner, Guid id, CancellationToken cancellationToken) =>
        await Find(owner, id, cancellationToken) is { } episode ? await View(episode, cancellationToken) : null;

    public async Task<EpisodeView> View(Episode episode, CancellationToken cancellationToken) =>
        (await Views([episode], cancellationToken))[0];

    /// <summary>Up to <paramref name="count"/> episodes, newest first, that come after <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<EpisodeView>> Page(
        Owner owner, string? status, Cursor? after, int count, CancellationToken cancellationToken)
    {
        var episodes = db.Episodes.AsNoTracking().Include(e => e.Tasks).Where(e => e.UserId == owner.Id);
        if (status is not null)
            episodes = episodes.Where(e => e.Status == status);
        if (after is { CreatedAt: var at, Id: var id })
            episodes = episodes.Where(e => e.CreatedAt <= at && (e.CreatedAt < at || e.Id < id));

        var page = await episodes
            .OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id)
            .Take(count)
            .ToListAsync(cancellationToken);

        return await Views(page, cancellationToken);
    }

    private async Task<IReadOnlyList<EpisodeView>> Views(IReadOnlyList<Episode> episodes, CancellationToken cancellationToken)
    {
        var ids = episodes.Select(e => e.Id).ToArray();
        var withTranscript = await db.Transcripts
            .Where(t => ids.Contains(t.EpisodeId)).Select(t => t.EpisodeId).ToHashSetAsync(cancellationToken);

        return [.. episodes.Select(episode => EpisodeView.Of(episode, withTranscript.Contains(episode.Id)))];
    }
}
