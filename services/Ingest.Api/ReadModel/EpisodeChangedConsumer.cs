namespace Podcast.Ingest.Api.ReadModel;

/// <summary>
/// Stores the newest snapshot of each episode and one history row per version, in any order of delivery and with any number of
/// duplicates. Snapshots that wait in the queue are stored together, in one transaction; if that fails, MassTransit delivers each
/// of them again in a batch that it begins, so that one that cannot be stored keeps out no other.
/// </summary>
internal sealed class EpisodeChangedConsumer(
    IngestDb db, IOptions<ReadModelOptions> options, TimeProvider clock, IngestTelemetry telemetry, ILogger<EpisodeChangedConsumer> logger)
    : IConsumer<Batch<EpisodeChanged>>
{
    /// <summary>What the owner said, or only the first snapshot says.</summary>
    private static readonly string[] once =
    [
        nameof(Episode.Id), nameof(Episode.UserId), nameof(Episode.IttybitFolder), nameof(Episode.SourceUrl),
        nameof(Episode.RequestedTasks), nameof(Episode.Plan), nameof(Episode.UploadedAt), nameof(Episode.AnnounceAt),
        nameof(Episode.CreatedAt),
    ];

    private static readonly string[] unlessNull =
    [
        nameof(Episode.OriginalFilename), nameof(Episode.FileSize), nameof(Episode.DurationSeconds), nameof(Episode.IttybitFileId),
        nameof(Episode.Show), nameof(Episode.Details),
    ];

    private static readonly string[] onceOfTask =
        [nameof(ProcessingTask.EpisodeId), nameof(ProcessingTask.Type), nameof(ProcessingTask.CreatedAt)];

    public async Task Consume(ConsumeContext<Batch<EpisodeChanged>> context)
    {
        var cancellationToken = context.CancellationToken;
        var changes = context.Message.Select(message => message.Message).OrderBy(change => change.EpisodeId).ToList();
        var newest = changes.GroupBy(change => change.EpisodeId).Select(history => history.MaxBy(change => change.Version)!).ToList();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var stored = await StoreEpisodes(newest, cancellationToken);
        if (stored.Count > 0)
            await StoreTasks(newest.FindAll(change => stored.ContainsKey(change.EpisodeId)), cancellationToken);
        var news = await StoreHistory(changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        foreach (var change in news)
            telemetry.Changed(change.What, change.Task);

        foreach (var change in newest.Where(change => stored.TryGetValue(change.EpisodeId, out var owner) && owner != change.OwnerId))
            logger.OwnerDiffers(change.EpisodeId);
    }

    /// <summary>
    /// Stores the snapshots that are newer than what is stored. The rows are locked in the order of their ids, so that instances
    /// wait for each other instead of failing.
    /// </summary>
    /// <returns>The owners of the episodes that it stored.</returns>
    private Task<Dictionary<Guid, string>> StoreEpisodes(List<EpisodeChanged> newest, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcMilliseconds();
        var rows = newest.Select(change =>
        {
            var episode = change.Episode();
            episode.ChangedAt = now;
            episode.AskAt = AskSchedule.First(episode, now, options.Value);
            return episode;
        });
        var upsert = $"""
            {db.InsertRows<Episode>()} {db.OrUpdate<Episode>("id", once, unlessNull)} AND old.version < excluded.version
            RETURNING id AS "Id", user_id AS "UserId"
            """;
        return db.Database.SqlQueryRaw<StoredEpisode>(upsert, db.RowsAsJson(rows))
            .ToDictionaryAsync(episode => episode.Id, episode => episode.UserId, cancellationToken);
    }

    private async Task StoreTasks(List<EpisodeChanged> changes, CancellationToken cancellationToken)
    {
        var tasks = changes.SelectMany(change => change.ProcessingTasks()).ToList();
        Guid[] episodes = [.. changes.Select(change => change.EpisodeId)];
        string[] ids = [.. tasks.Select(task => task.IttybitTaskId).OfType<string>()];
        var known = await db.Tasks.Where(task => episodes.Contains(task.EpisodeId) || ids.Contains(task.IttybitTaskId))
            .Select(task => new { task.Id, task.EpisodeId, task.Type, task.IttybitTaskId })
            .ToListAsync(cancellationToken);

        var places = tasks.Select(task => (task.EpisodeId, task.Type)).ToHashSet();
        var removed = known.FindAll(task => episodes.Contains(task.EpisodeId) && !places.Contains((task.EpisodeId, task.Type)));
        if (removed.Count > 0)
            await db.Tasks.Where(task => removed.Select(gone => gone.Id).Contains(task.Id)).ExecuteDeleteAsync(cancellationToken);

        // A duplicate id is Ittybit's error. Without the id, the unique index does not reject the rest of the snapshot.
        var owners = known.Except(removed).Where(task => task.IttybitTaskId is not null)
            .ToDictionary(task => task.IttybitTaskId!, task => (task.EpisodeId, task.Type));
        foreach (var task in tasks)
        {
            if (task.IttybitTaskId is not { } id || owners.TryAdd(id, (task.EpisodeId, task.Type))
                || owners[id] == (task.EpisodeId, task.Type))
                continue;
            logger.IttybitTaskTaken(id, task.EpisodeId, task.Type);
            task.IttybitTaskId = null;
        }

        var upsert = $"{db.InsertRows<ProcessingTask>()} {db.OrUpdate<ProcessingTask>("episode_id, type", onceOfTask, [])}";
        await db.Database.ExecuteSqlRawAsync(upsert, [db.RowsAsJson(tasks)], cancellationToken);
    }

    /// <returns>The changes that were not stored before.</returns>
    private Task<List<StoredChange>> StoreHistory(List<EpisodeChanged> changes, CancellationToken cancellationToken)
    {
        var insert = $"""
            {db.InsertRows<HistoryEntry>()} ON CONFLICT DO NOTHING
            RETURNING what AS "What", task AS "Task"
            """;
        var rows = changes.SelectMany(change => change.History());
        return db.Database.SqlQueryRaw<StoredChange>(insert, db.RowsAsJson(rows)).ToListAsync(cancellationToken);
    }

    private sealed record StoredChange(string What, string? Task);

    private sealed record StoredEpisode(Guid Id, string UserId);
}
