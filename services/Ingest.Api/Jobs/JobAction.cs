using Podcast.Ingest.Api.Actions;

namespace Podcast.Ingest.Api.Jobs;

/// <summary>What a job does with each of its episodes.</summary>
/// <param name="Statuses">Those of episodes for which it makes sense.</param>
/// <param name="Refuse">Why it makes no sense for an episode any more; null if it does.</param>
/// <param name="Command">The message that does it.</param>
internal sealed record JobAction(
    string Name, IReadOnlyList<string> Statuses, Func<Episode, ProblemHttpResult?> Refuse, Func<EpisodeJob, Guid, object> Command)
{
    public const string Retry = "retry";

    private static readonly string held = Status.Of(EpisodeStatus.Held), failed = Status.Of(EpisodeStatus.Failed);

    public static IReadOnlyList<JobAction> All { get; } =
    [
        new(
            Retry, [held, failed], episode => ActionRules.RefuseRetry(episode, null, now: false),
            (job, id) => new RetryEpisode(id, null, Now: false, job.AskedBy, job.Why)),
        new("resume", [held], ActionRules.RefuseResume, (job, id) => new ResumeEpisode(id, job.AskedBy, job.Why)),
        new(
            "cancel", [Status.Of(EpisodeStatus.Processing), Status.Of(EpisodeStatus.Completing), held, failed], ActionRules.RefuseCancel,
            (job, id) => new CancelEpisode(id, job.AskedBy, job.Why)),
    ];

    public static JobAction Of(string name) => All.Single(action => action.Name == name);
}
