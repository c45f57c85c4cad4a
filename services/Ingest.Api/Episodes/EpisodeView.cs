namespace Podcast.Ingest.Api.Episodes;

/// <summary>An episode in JSON: the tutorial's fields, then ours. Times are UTC.</summary>
/// <param name="Progress">Percentage of tasks that completed or failed; 0 without tasks.</param>
/// <param name="Reason">Why the episode is held, failed or cancelled; text for people.</param>
/// <param name="Version">Grows with every change that the orchestrator reports; 0 before the first.</param>
/// <param name="WaitingFor">
/// Why the episode is not done, in one sentence for people. Null if it is done, and in answers to POSTs, which the idempotency
/// store may repeat much later.
/// </param>
/// <param name="Show">The slug of the owner's show; null if the upload named none.</param>
/// <param name="Details">What the upload said for the channels on which the episode is published.</param>
/// <param name="Waiting">The parts of <paramref name="WaitingFor"/>; empty if it is done, null where that is null, too.</param>
/// <param name="Actions">
/// What can be asked for now: <c>retry</c>, <c>retry_now</c> (a retry with <c>now</c>), <c>cancel</c>, <c>resume</c>. Null in answers to
/// POSTs, too.
/// </param>
/// <param name="ChangedAt">When this, or a publication of the episode, was stored last.</param>
internal sealed record EpisodeView(
    Guid Id, string Title, string? Description, string Status, int Progress,
    DateTime CreatedAt, DateTime? ProcessingStartedAt, DateTime? ProcessingCompletedAt,
    IReadOnlyList<TaskView> Tasks, OutputsView Outputs,
    string? Reason, int Version, DateTime UpdatedAt, string? WaitingFor, string? Show = null, EpisodeDetails? Details = null,
    IReadOnlyList<WaitingPart>? Waiting = null, IReadOnlyList<string>? Actions = null,
    DateTime? ChangedAt = null)
{
    public static EpisodeView Of(Episode episode, bool hasTranscript, string? waitingFor) => new(
        episode.Id, episode.Title, episode.Description, episode.Status, PercentEnded(episode.Tasks),
        episode.CreatedAt.UtcDateTime, episode.ProcessingStartedAt?.UtcDateTime, episode.ProcessingCompletedAt?.UtcDateTime,
        [.. episode.Tasks.OrderBy(task => task.Id).Select(TaskView.Of)],
        new OutputsView(episode.AudioUrl, episode.VideoUrl, hasTranscript ? "available" : null),
        episode.Reason, episode.Version, episode.UpdatedAt.UtcDateTime, waitingFor, episode.Show, episode.Details,
        ChangedAt: episode.ChangedAt?.UtcDateTime);

    private static int PercentEnded(List<ProcessingTask> tasks)
    {
        var ended = tasks.Count(task => task.Status is TaskState.Completed or TaskState.Failed);
        return tasks.Count == 0 ? 0 : (int)Math.Round(100.0 * ended / tasks.Count, MidpointRounding.AwayFromZero);
    }
}

/// <summary>A task in JSON.</summary>
/// <param name="Error">Why the task, or its last attempt, failed; text for people.</param>
/// <param name="Percent">0–100; null if Ittybit reports no progress.</param>
/// <param name="NextAt">When the orchestrator acts on the task again if no event arrives before.</param>
/// <param name="IttybitTaskId">Of the current attempt; null until Ittybit accepted it.</param>
/// <param name="RequestedAt">When this attempt was requested.</param>
/// <param name="StartedAt">When Ittybit accepted this attempt.</param>
/// <param name="DeadlineAt">When this attempt times out.</param>
internal sealed record TaskView(
    string Type, string Status, string? Error, string? OutputUrl, DateTime UpdatedAt,
    int Attempt, bool Required, int? Percent, DateTime? NextAt,
    string? IttybitTaskId = null, DateTime? RequestedAt = null, DateTime? StartedAt = null, DateTime? DeadlineAt = null)
{
    public static TaskView Of(ProcessingTask task) => new(
        task.Type.WireName(), WireNames<TaskState>.Of(task.Status), task.ErrorMessage, task.OutputUrl, task.UpdatedAt.UtcDateTime,
        task.Attempt, task.Required, task.Percent, task.NextAt?.UtcDateTime, task.IttybitTaskId, task.RequestedAt?.UtcDateTime,
        task.StartedAt?.UtcDateTime, task.DeadlineAt?.UtcDateTime);
}

/// <summary>The outputs of an episode.</summary>
/// <param name="AudioUrl">Null until the episode is processed.</param>
/// <param name="VideoUrl">Null until the episode is processed.</param>
/// <param name="Transcript"><c>available</c> as soon as the transcript can be read, else null.</param>
internal sealed record OutputsView(string? AudioUrl, string? VideoUrl, string? Transcript);

/// <summary>A page of episodes, newest first.</summary>
/// <param name="NextCursor">The value of <c>?cursor=</c> for the next page; null on the last page.</param>
/// <param name="PreviousCursor">The value of <c>?before=</c> for the page before; null on the first page.</param>
internal sealed record EpisodePage(IReadOnlyList<EpisodeView> Episodes, string? NextCursor, string? PreviousCursor = null);

/// <summary>The number of episodes by status; each status is there.</summary>
internal sealed record EpisodeCounts(IReadOnlyDictionary<string, int> Counts, int Total)
{
    public static EpisodeCounts Of(Dictionary<string, int> counts) => new(
        Status.All.ToDictionary(status => status, status => counts.GetValueOrDefault(status)), counts.Values.Sum());
}

/// <summary>The changes of an episode, oldest first.</summary>
internal sealed record HistoryView(IReadOnlyList<HistoryLine> History);

/// <summary>The change that one version made.</summary>
/// <param name="What">Event name in snake_case.</param>
/// <param name="By"><c>ittybit</c>, <c>orchestrator</c> or a user's <c>sub</c>.</param>
/// <param name="Why">The reason, text for people.</param>
internal sealed record HistoryLine(int Version, DateTime At, string What, string? Task, string By, string? Why)
{
    public static HistoryLine Of(HistoryEntry entry) =>
        new(entry.Version, entry.At.UtcDateTime, entry.What, entry.Task?.WireName(), entry.By, entry.Why);
}
