namespace Podcast.Ingest.Api.Actions;

/// <summary>Publishes an owner's commands to the orchestrator. Their effect shows in the episode and its history.</summary>
internal sealed class EpisodeActions(
    EpisodeReader episodes, IngestDb db, IdempotencyStore posts, IPublishEndpoint bus, IOptions<ReadModelOptions> readModel,
    TimeProvider clock, ILogger<EpisodeActions> logger)
{
    /// <summary>How long the second who asks for the same is told so, unless the orchestrator answers before.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="refuse">Returns why the command makes no sense for the episode; null if it does.</param>
    /// <param name="once">The name of an action that nobody may ask for twice before it shows; null: any number of times.</param>
    /// <param name="ofAnybody">The episode may belong to any owner.</param>
    public async Task<Results<Accepted<EpisodeView>, ProblemHttpResult>> Send<TCommand>(
        Posted posted, Guid id, Func<Episode, ProblemHttpResult?> refuse, TCommand command, CancellationToken cancellationToken,
        bool ofAnybody = false, string? once = null)
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
            if (once is not null && await AskedBefore(id, once, posted.Owner, cancellationToken) is { } before)
                return before;
            await bus.Publish(command, cancellationToken);
            var answerDue = clock.GetUtcNow() + readModel.Value.AskAfter;
            await db.Episodes.Where(e => e.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.AskAt, answerDue), cancellationToken);
            logger.ActionRequested(typeof(TCommand).Name, id);
            return await episodes.View(episode, cancellationToken);
        }, cancellationToken));
    }

    /// <summary>Notes who asks. Of several at once only one changes the row; the others get the refusal.</summary>
    private async Task<ProblemHttpResult?> AskedBefore(Guid id, string action, Owner owner, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcMilliseconds(), recently = now - Patience;
        var mine = await db.Episodes
            .Where(e => e.Id == id
                && (e.AskedAction != action || e.AskedVersion != e.Version || e.AskedAt == null || e.AskedAt <= recently))
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.AskedAction, action).SetProperty(e => e.AskedVersion, e => e.Version)
                    .SetProperty(e => e.AskedBy, owner.By).SetProperty(e => e.AskedAt, now),
                cancellationToken);
        if (mine == 1)
            return null;

        var by = await db.Episodes.Where(e => e.Id == id).Select(e => e.AskedBy).SingleAsync(cancellationToken);
        return Refusals.Conflict($"{by} asked for the same a moment ago: it is done once, and shows here as soon as it begins.");
    }
}
