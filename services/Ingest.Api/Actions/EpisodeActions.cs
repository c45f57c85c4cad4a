using Podcast.Ingest.Api.ReadModel;

namespace Podcast.Ingest.Api.Actions;

/// <summary>Publishes an owner's commands to the orchestrator. Their effect shows in the episode and its history.</summary>
internal sealed class EpisodeActions(
    EpisodeReader episodes, IngestDb db, IdempotencyStore posts, IPublishEndpoint bus, IOptions<ReadModelOptions> readModel, TimeProvider clock,
    ILogger<EpisodeActions> logger)
{
    public Task<Outcome<EpisodeView>> Retry(
        Owner owner, RequestKey? key, Guid id, RetryRequest request, CancellationToken cancellationToken) =>
        Order(
            owner, key, id,
            episode => ForeignTask(episode, request) is { } foreign
                ? Refusals.Unprocessable("No such task", "tasks", $"names {foreign.WireName()}, which this episode does not have.")
                : Unless(ActionRules.WhyNotRetry(episode, request)),
            new RetryEpisode(id, request.Tasks, request.Now, owner.Id, request.Why),
            cancellationToken);

    public Task<Outcome<EpisodeView>> Cancel(
        Owner owner, RequestKey? key, Guid id, ActionRequest request, CancellationToken cancellationToken) =>
        Order(
            owner, key, id,
            episode => Unless(ActionRules.WhyNotCancel(episode)),
            new CancelEpisode(id, owner.Id, request.Why),
            cancellationToken);

    public Task<Outcome<EpisodeView>> Resume(
        Owner owner, RequestKey? key, Guid id, ActionRequest request, CancellationToken cancellationToken) =>
        Order(
            owner, key, id,
            episode => Unless(ActionRules.WhyNotResume(episode)),
            new ResumeEpisode(id, owner.Id, request.Why),
            cancellationToken);

    /// <param name="isOperator">True: the episode may belong to any owner.</param>
    public Task<Outcome<EpisodeView>> Republish(
        Owner owner, bool isOperator, RequestKey? key, Guid id, ActionRequest request, CancellationToken cancellationToken) =>
        Order(
            owner, key, id,
            episode => Unless(ActionRules.WhyNotRepublish(episode)),
            new RepublishEpisode(id, By: owner.Id, Why: request.Why),
            cancellationToken,
            isOperator);

    private async Task<Outcome<EpisodeView>> Order<TOrder>(
        Owner owner,
        RequestKey? key,
        Guid id,
        Func<Episode, ProblemHttpResult?> refuse,
        TOrder order,
        CancellationToken cancellationToken,
        bool anybodys = false)
        where TOrder : class
    {
        if (await posts.Known<EpisodeView>(key, cancellationToken) is { } known)
            return known;
        var found = anybodys ? episodes.FindAnybodys(id, cancellationToken) : episodes.Find(owner, id, cancellationToken);
        if (await found is not { } episode)
            return Refusals.NoSuchEpisode;
        if (refuse(episode) is { } refusal)
            return refusal;

        return await posts.Do<EpisodeView>(key, async () =>
        {
            await bus.Publish(order, cancellationToken);
            var answerDue = clock.GetUtcNow() + readModel.Value.AskAfter;
            await db.Episodes.Where(e => e.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.AskAt, answerDue), cancellationToken);
            logger.ActionRequested(typeof(TOrder).Name, id);
            return await episodes.View(episode, cancellationToken);
        }, cancellationToken);
    }

    private static ProblemHttpResult? Unless(string? whyNot) =>
        whyNot is null ? null : Refusals.Conflict(whyNot);

    private static TaskKind? ForeignTask(Episode episode, RetryRequest request) =>
        episode.Tasks.Count == 0 || request.Tasks is null
            ? null
            : request.Tasks.Cast<TaskKind?>().FirstOrDefault(kind => episode.Tasks.All(task => task.Type != kind));
}
