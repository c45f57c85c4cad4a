namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Asks the orchestrator to republish episodes that sent no snapshot for long, because one may be lost.</summary>
internal sealed class SnapshotSweep(
    IServiceScopeFactory scopes, IBus bus, IOptions<ReadModelOptions> options, TimeProvider clock, ILogger<SnapshotSweep> logger)
    : PeriodicSweep(options.Value.SweepEvery, clock, logger)
{
    internal override async Task<int> Sweep(CancellationToken cancellationToken)
    {
        if (bus.IsAway())
            return 0;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestDb>();
        var now = Clock.GetUtcNow();
        var silent = await db.Episodes.AsNoTracking()
            .Where(e => e.AskAt <= now).OrderBy(e => e.AskAt).Take(Most).ToListAsync(cancellationToken);

        var asked = 0;
        foreach (var episode in silent)
        {
            var next = AskSchedule.Again(episode, now, options.Value);
            var mine = await db.Episodes
                .Where(e => e.Id == episode.Id && e.AskAt == episode.AskAt)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.AskAt, next), cancellationToken);
            if (mine == 0)
                continue;

            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), Clock);
            await bus.PublishConfirmed(new RepublishEpisode(episode.Id, episode.Version), deadline.Token);
            asked++;
        }

        return asked;
    }
}

/// <summary>When the orchestrator is asked for a snapshot of an episode that sends none.</summary>
internal static class AskSchedule
{
    /// <summary>After a snapshot. Null for a final status, which only a command can change.</summary>
    public static DateTimeOffset? First(Episode episode, DateTimeOffset now, ReadModelOptions options) =>
        MayGoOn(episode) ? now + options.AskAfter : null;

    /// <summary>After a question. Null for a final status, where one question is enough.</summary>
    public static DateTimeOffset? Again(Episode episode, DateTimeOffset now, ReadModelOptions options) =>
        MayGoOn(episode) ? now + Gap(now - episode.UpdatedAt, options.AskAfter, options.MaxAskGap) : null;

    /// <summary>As long as the silence so far, so that each gap is twice the one before, within the limits.</summary>
    public static TimeSpan Gap(TimeSpan silence, TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromTicks(Math.Max(Math.Min(silence.Ticks, longest.Ticks), shortest.Ticks));

    // A held episode resumes by itself if a late event delivers what it lacked.
    private static bool MayGoOn(Episode episode) =>
        episode.Stage is EpisodeStatus.Processing or EpisodeStatus.Completing or EpisodeStatus.Held;
}
