namespace Podcast.Contracts;

/// <summary>
/// An episode's raw video is in place: start on it. Published by Ingest.Api, by the backlog command and by upstream services
/// (plain JSON is welcome). A second one for the same <see cref="EpisodeId"/> changes nothing.
/// </summary>
/// <param name="EpisodeId">Chosen by the publisher; the identity of the episode everywhere.</param>
/// <param name="OwnerId">Who may see the episode: the <c>sub</c> of their token.</param>
/// <param name="Title">Shown to people and given to Ittybit.</param>
/// <param name="Source">The raw video.</param>
/// <param name="Description">Shown to people and given to Ittybit.</param>
/// <param name="Tasks">What to make; null or empty means audio, video and transcript.</param>
/// <param name="UploadedAt">When the upload was confirmed; null means on receipt.</param>
/// <param name="Priority">Whether it may wait behind others.</param>
public sealed record EpisodeUploaded(
    Guid EpisodeId,
    string OwnerId,
    string Title,
    EpisodeSource Source,
    string? Description = null,
    IReadOnlyList<PlannedTask>? Tasks = null,
    DateTimeOffset? UploadedAt = null,
    EpisodePriority Priority = EpisodePriority.Normal);

/// <summary>All that the plan requires is made and checked.</summary>
/// <param name="Outputs">One for each task that completed.</param>
/// <param name="At">When the last output was accepted.</param>
public sealed record EpisodeProcessed(
    Guid EpisodeId,
    string OwnerId,
    string Title,
    string? Description,
    IReadOnlyList<EpisodeOutput> Outputs,
    DateTimeOffset At);

/// <summary>The episode cannot be processed as it is; a person may retry it.</summary>
/// <param name="Reason">Names the tasks that failed and why; for people.</param>
public sealed record EpisodeFailed(Guid EpisodeId, string OwnerId, string Reason, DateTimeOffset At);

/// <summary>What a task made.</summary>
public sealed record EpisodeOutput(TaskKind Kind, TaskOutput Output);

/// <summary>Somebody asks that failed work be tried again, or that waiting work be tried now.</summary>
/// <param name="Tasks">Which; null or empty means every failed one.</param>
/// <param name="Now">
/// True also skips waits: of tasks for their next attempt, and of what follows the tasks (transcript, look at the outputs) for its next round.
/// </param>
/// <param name="By">Who asks: a user's <c>sub</c> or a service's name.</param>
/// <param name="Why">In their words, for the history.</param>
public sealed record RetryEpisode(
    Guid EpisodeId, IReadOnlyList<TaskKind>? Tasks, bool Now, string By, string? Why = null);

/// <summary>Somebody asks that no more work be done on the episode.</summary>
public sealed record CancelEpisode(Guid EpisodeId, string By, string? Why = null);

/// <summary>Somebody looked at a held episode and lets it go on, accepting its outputs as they are.</summary>
public sealed record ResumeEpisode(Guid EpisodeId, string By, string? Why = null);

/// <summary>Somebody asks for the newest snapshot of an episode once more: its <see cref="EpisodeChanged"/> may have been lost.</summary>
/// <param name="KnownVersion">The version that the asker has: only a newer one is told. Null: any is.</param>
/// <param name="By">Who asks, a user's <c>sub</c>: that is a version of its own, for the history. Null: a read model; it leaves no trace.</param>
/// <param name="Why">In their words, for the history.</param>
public sealed record RepublishEpisode(Guid EpisodeId, int? KnownVersion = null, string? By = null, string? Why = null);

/// <summary>The moment an episode was waiting for has come (the sweep found <c>DueAt</c> in the past).</summary>
/// <param name="LaneIsOpen">True: it comes early, for the provider that it waits for can be asked again.</param>
public sealed record EpisodeDue(Guid EpisodeId, DateTimeOffset DueAt, bool LaneIsOpen = false);
