using System.Text.Json.Nodes;
using Refit;

namespace Podcast.OperatorsConsole.Api;

/// <summary>
/// The part of Ingest.Api that the console needs, which is its only way to episodes. An error status throws an
/// <see cref="ApiException"/>; <see cref="ApiProblem.Of"/> says in words what any exception of these calls means.
/// </summary>
public interface IPodcastApi
{
    [Get("/me")]
    Task<Me> Me(CancellationToken cancellationToken = default);

    [Get("/episodes")]
    Task<ListOfEpisodes> List(
        string? status, string? q, int limit, string? cursor, string? before, CancellationToken cancellationToken = default);

    [Get("/episodes/counts")]
    Task<EpisodeCounts> Counts(string? q, CancellationToken cancellationToken = default);

    /// <param name="after">The token of the answer before; null only asks for a token.</param>
    [Get("/episodes/changes")]
    Task<EpisodeChanges> Changes(string? after, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}")]
    Task<Episode> Find(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The answer as it is, with what the console does not show.</summary>
    [Get("/episodes/{id}")]
    Task<JsonObject> FindWhole(Guid id, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}/history")]
    Task<EpisodeHistory> History(Guid id, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}/publications")]
    Task<Publications> Publications(Guid id, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}/chapters")]
    Task<ChapterList> Chapters(Guid id, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}/transcript?format=json")]
    Task<Transcript> Transcript(Guid id, CancellationToken cancellationToken = default);

    [Get("/episodes/{id}/transcript?format=vtt")]
    Task<string> Captions(Guid id, CancellationToken cancellationToken = default);

    /// <param name="action"><c>retry</c>, <c>cancel</c> or <c>resume</c>.</param>
    [Post("/episodes/{id}/{action}")]
    Task Act(
        Guid id, string action, [Body] ActionBody body, [Header("Idempotency-Key")] string key,
        CancellationToken cancellationToken = default);

    [Post("/episodes/{id}/publications/{channel}/move")]
    Task MoveRelease(Guid id, string channel, [Body] MoveBody body, CancellationToken cancellationToken = default);

    /// <param name="action"><c>approve</c>, <c>retry</c>, <c>hold</c>, <c>resume</c> or <c>retract</c>.</param>
    [Post("/episodes/{id}/publications/{channel}/{action}")]
    Task ActOnPublication(
        Guid id, string channel, string action, [Body] ActionBody body, CancellationToken cancellationToken = default);

    [Get("/shows")]
    Task<Shows> Shows(CancellationToken cancellationToken = default);

    /// <param name="key">The same key gets the same episode and address again.</param>
    [Post("/episodes/prepare-upload")]
    Task<PreparedUpload> PrepareUpload(
        [Body] PrepareUploadBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Post("/episodes/{id}/confirm-upload")]
    Task ConfirmUpload(Guid id, [Body] ConfirmUploadBody body, CancellationToken cancellationToken = default);

    [Post("/episodes")]
    Task<Episode> Submit(
        [Body] SubmitEpisodeBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Get("/failures")]
    Task<Failures> Failures(CancellationToken cancellationToken = default);

    [Get("/failures/{cause}")]
    Task<FailureCause> Cause(string cause, CancellationToken cancellationToken = default);

    [Post("/failures/{cause}/retry")]
    Task<Job> RetryCause(
        string cause, [Body] RetryCauseBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Post("/jobs")]
    Task<Job> StartJob(
        [Body] StartJobBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Get("/jobs")]
    Task<Jobs> Jobs(CancellationToken cancellationToken = default);

    [Get("/jobs/{id}")]
    Task<Job> Job(Guid id, Guid? after, int limit, CancellationToken cancellationToken = default);

    [Get("/releases/plan")]
    Task<ReleasePlan> Releases(CancellationToken cancellationToken = default);

    [Get("/releases/quotas")]
    Task<Quotas> Quotas(CancellationToken cancellationToken = default);

    [Get("/lanes")]
    Task<Lanes> Lanes(CancellationToken cancellationToken = default);

    [Post("/lanes/{**name}/resume")]
    Task ResumeLane(
        string name, [Body] ActionBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Get("/queues")]
    Task<Queues> Queues(CancellationToken cancellationToken = default);

    [Get("/queues/{name}")]
    Task<FailedMessages> Queue(string name, CancellationToken cancellationToken = default);

    [Post("/queues/{name}/return")]
    Task<Returned> ReturnMessages(
        string name, [Body] ActionBody body, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken = default);

    [Get("/outbox")]
    Task<Outboxes> Outboxes(CancellationToken cancellationToken = default);

    [Post("/outbox/{outbox}/{id}/send")]
    Task SendAgain(
        string outbox, long id, [Body] ActionBody body, [Header("Idempotency-Key")] string key,
        CancellationToken cancellationToken = default);

    [Get("/audit")]
    Task<AuditTrail> Audit(CancellationToken cancellationToken = default);

    [Get("/backlog-runs")]
    Task<BacklogRuns> BacklogRuns(CancellationToken cancellationToken = default);

    [Get("/backlog-runs/{id}")]
    Task<BacklogRun> BacklogRun(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Also a service that is not healthy answers with its report.</summary>
    [Get("/health")]
    Task<HttpResponseMessage> Health(CancellationToken cancellationToken = default);
}
