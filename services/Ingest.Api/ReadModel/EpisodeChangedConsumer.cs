namespace Podcast.Ingest.Api.ReadModel;

/// <summary>
/// Stores the newest snapshot of an episode and one history row per version, in any order of delivery and with any number of
/// duplicates. Of two concurrent deliveries for one episode, the concurrency token and the primary keys let one commit; the other
/// is retried.
/// </summary>
internal sealed class EpisodeChangedConsumer(
    IngestDb db, IOptions<ReadModelOptions> options, TimeProvider clock, ILogger<EpisodeChangedConsumer> logger)
    : IConsumer<EpisodeChanged>
{
    public async Task Consume(ConsumeContext<EpisodeChanged> context)
    {
        var change = context.Message;
        var episode = await db.Episodes.Include(e => e.Tasks)
            .SingleOrDefaultAsync(e => e.Id == change.EpisodeId, context.CancellationToken);

        if (episode is null)
            db.Episodes.Add(episode = change.NewEpisode());
        if (episode.UserId != change.OwnerId)
            logger.OwnerDiffers(change.EpisodeId);

        if (change.Version > episode.Version)
        {
            change.CopyTo(episode, await TakenTaskIds(change, context.CancellationToken), logger);
            episode.AskAt = AskSchedule.First(episode, clock.GetUtcNow(), options.Value);
        }

        if (!await db.History.AnyAsync(h => h.EpisodeId == change.EpisodeId && h.Version == change.Version, context.CancellationToken))
            db.History.Add(change.HistoryEntry());

        await db.SaveChangesAsync(context.CancellationToken);
    }

    private async Task<HashSet<string>> TakenTaskIds(EpisodeChanged change, CancellationToken cancellationToken)
    {
        var ids = change.Tasks.Select(task => task.IttybitTaskId).Where(id => id is not null).ToArray();
        return ids.Length == 0
            ? []
            : await db.Tasks.Where(task => task.EpisodeId != change.EpisodeId && ids.Contains(task.IttybitTaskId))
                .Select(task => task.IttybitTaskId!)
                .ToHashSetAsync(cancellationToken);
    }
}
