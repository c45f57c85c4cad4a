namespace Podcast.Ingest.Api.Episodes;

/// <summary>
/// One of the things that an episode waits for: <see cref="WaitingFor"/> in parts. Times are UTC; <see cref="NextAt"/> and
/// <see cref="GivenUpAt"/> may have passed, which means any moment.
/// </summary>
/// <param name="For"><c>upload</c>, <c>start</c>, <c>person</c>, <c>provider</c>, <c>task</c> or <c>completion</c>.</param>
/// <param name="Task">The kind of the task; null for the others.</param>
/// <param name="Since">Since when it is waited for.</param>
/// <param name="NextAt">When it is asked about or for again.</param>
/// <param name="GivenUpAt">When it is waited for no longer.</param>
/// <param name="Percent">0–100; null if unknown.</param>
/// <param name="Attempt">The attempt of the task, from 1.</param>
/// <param name="Why">The last error, or the reason of a pause; text for people.</param>
internal sealed record WaitingPart(
    string For, string? Task, DateTime? Since, DateTime? NextAt, DateTime? GivenUpAt, int? Percent = null, int? Attempt = null,
    string? Why = null)
{
    /// <summary>Empty for an episode in a final state.</summary>
    public static IReadOnlyList<WaitingPart> Of(Episode episode, ThrottleStatus? lane, DateTimeOffset now) => episode switch
    {
        { Status: Status.AwaitingUpload } => [new("upload", null, Utc(episode.CreatedAt), null, null)],
        { Status: Status.Uploaded } =>
            [new("start", null, Utc(episode.UploadedAt ?? episode.CreatedAt), Utc(episode.AnnounceAt), null)],
        { Stage: EpisodeStatus.Held } => [new("person", null, Utc(episode.UpdatedAt), null, null, Why: episode.Reason)],
        { Stage: EpisodeStatus.Processing or EpisodeStatus.Completing } => [.. Provider(lane, now), .. Work(episode)],
        _ => [],
    };

    private static IEnumerable<WaitingPart> Provider(ThrottleStatus? lane, DateTimeOffset now) =>
        lane?.State == LaneState.Paused || (lane?.State == LaneState.Slowed && lane.Until > now)
            ? [new("provider", null, Utc(lane.Since), Utc(lane.Until), null, Why: lane.Why)]
            : [];

    private static IEnumerable<WaitingPart> Work(Episode episode)
    {
        var open = episode.Tasks.Where(task => task.Status is TaskState.Pending or TaskState.Processing).OrderBy(task => task.Id).ToList();
        return open.Count == 0
            ? [new("completion", null, Utc(episode.UpdatedAt), Utc(episode.DueAt), Utc(episode.DeadlineAt))]
            : open.Select(task => new WaitingPart(
                "task", task.Type.WireName(), Utc(task.StartedAt ?? task.RequestedAt ?? task.UpdatedAt), Utc(task.NextAt),
                Utc(task.DeadlineAt ?? episode.DeadlineAt), task.Percent, task.Attempt, task.ErrorMessage));
    }

    private static DateTime? Utc(DateTimeOffset? time) => time?.UtcDateTime;
}
