namespace Podcast.Ingest.Api.Actions;

/// <summary>Publishes an owner's commands to the orchestrator. Their effect shows in the episode and its history.</summary>
internal sealed class EpisodeActions(
    EpisodeReader episodes, IngestDb db, IdempotencyStore posts, IPublishEndpoint bus, IOptions<ReadModelOptions> readModel,
    TimeProvider clock, ILogger<EpisodeActions> logger)
{
    /// <param name="refuse">Returns why the command makes no sense for the episode; null if it does.</param>
    /// <param name="ofAnybody">The episode may belong to any owner.</param>
    public async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Send<TCommand>(
        Posted posted, Guid id, Func<Episode, ProblemHttpResult?> refuse, TCommand command, CancellationToken cancellationToken,
        bool ofAnybody = false)
        where TCommand : class
    {
        if (await posts.Known<EpisodeView>(posted.Key, cancellationToken) is { } known)
            return posted.Accepted(known);
        if (await episodes.Find(ofAnybody ? null : posted.Owner, id, cancellationToken) is not { } episode)
            return Refusals.NoSuchEpisode;
        if (refuse(episode) is { } refusal)
            return refusal;

        return posted.Accepted(await posts.Do<EpisodeView>(posted.Key, async () =>
        {
            await bus.Publish(command, cancellationToken);
            var answerDue = clock.GetUtcNow() + readModel.Value.AskAfter;
            await db.Episodes.Where(e => e.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.AskAt, answerDue), cancellationToken);
            logger.ActionRequested(typeof(TCommand).Name, id);
            return await episodes.View(episode, cancellationToken);
        }, cancellationToken));
    }
}
