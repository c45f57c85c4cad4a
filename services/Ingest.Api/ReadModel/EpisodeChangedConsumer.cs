using System.Runtime.ExceptionServices;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>
/// Stores the newest snapshot of each episode and one history row per version, in any order of delivery and with any number of
/// duplicates. Snapshots that wait in the queue are stored together, in one transaction.
/// </summary>
internal sealed class EpisodeChangedConsumer(
    IngestDb db, IOptions<ReadModelOptions> options, TimeProvider clock, ILogger<EpisodeChangedConsumer> logger)
    : IConsumer<Batch<EpisodeChanged>>
{
    public async Task Consume(ConsumeContext<Batch<EpisodeChanged>> context)
    {
        var changes = context.Message.Select(message => message.Message).DistinctBy(change => (change.EpisodeId, change.Version)).ToList();
        try
        {
            await Store(changes, context.CancellationToken);
        }
        catch (DbUpdateException) when (changes.Count > 1)
        {
            // One of them is in conflict with another delivery, or cannot be stored at all: it must not keep out the others.
            Exception? failed = null;
            foreach (var change in changes)
            {
                try
                {
                    db.ChangeTracker.Clear();
                    await Store([change], context.CancellationToken);
                }
                catch (DbUpdateException failure)
                {
                    failed = failure;
                }
            }

            if (failed is not null)
                ExceptionDispatchInfo.Throw(failed);
        }
    }

    private async Task Store(List<EpisodeChanged> changes, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var episodes = await Lock([.. changes.Select(change => change.EpisodeId).Distinct()], cancellationToken);
        var owners = await OwnersOfTasks(changes, cancellationToken);
        var known = await KnownVersions(changes, cancellationToken);
        foreach (var history in changes.GroupBy(change => change.EpisodeId).OrderBy(history => history.Key))
        {
            var newest = history.MaxBy(change => change.Version)!;
            if (!episodes.TryGetValue(history.Key, out var episode))
                db.Episodes.Add(episode = newest.NewEpisode());
            if (episode.UserId != newest.OwnerId)
                logger.OwnerDiffers(history.Key);

            if (newest.Version > episode.Version)
            {
                newest.CopyTo(episode, owners, logger);
                episode.AskAt = AskSchedule.First(episode, clock.GetUtcNow(), options.Value);
            }

            db.History.AddRange(history.SelectMany(change => change.History()).DistinctBy(entry => entry.Version)
                .Where(entry => !known.Contains((history.Key, entry.Version))));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Loads the episodes. On PostgreSQL it locks them, in one order, so that instances wait for each other instead of failing;
    /// SQLite has one writer at a time.
    /// </summary>
    private Task<Dictionary<Guid, Episode>> Lock(Guid[] ids, CancellationToken cancellationToken)
    {
        var episodes = db.Database.IsNpgsql()
            ? db.Episodes.FromSql($"SELECT * FROM ingest.episodes WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE")
            : db.Episodes.Where(episode => ids.Contains(episode.Id));
        return episodes.Include(episode => episode.Tasks).ToDictionaryAsync(episode => episode.Id, cancellationToken);
    }

    /// <summary>The episodes that have the Ittybit tasks of these snapshots by now.</summary>
    private async Task<Dictionary<string, Guid>> OwnersOfTasks(List<EpisodeChanged> changes, CancellationToken cancellationToken)
    {
        var ids = changes.SelectMany(change => change.Tasks).Select(task => task.IttybitTaskId).OfType<string>().Distinct().ToArray();
        return ids.Length == 0
            ? []
            : await db.Tasks.Where(task => ids.Contains(task.IttybitTaskId))
                .Select(task => new { task.IttybitTaskId, task.EpisodeId })
                .ToDictionaryAsync(task => task.IttybitTaskId!, task => task.EpisodeId, cancellationToken);
    }

    private async Task<HashSet<(Guid Episode, int Version)>> KnownVersions(
        List<EpisodeChanged> changes, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. changes.Select(change => change.EpisodeId).Distinct()];
        int[] versions = [.. changes.SelectMany(change => change.Changes()).Select(one => one.Version).Distinct()];
        var known = await db.History.Where(entry => ids.Contains(entry.EpisodeId) && versions.Contains(entry.Version))
            .Select(entry => new { entry.EpisodeId, entry.Version })
            .ToListAsync(cancellationToken);
        return [.. known.Select(entry => (entry.EpisodeId, entry.Version))];
    }
}
