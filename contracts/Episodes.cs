namespace Podcast.Contracts;

/// <summary>
/// An episode's raw video is uploaded; the orchestrator starts to process it. Published by Ingest.Api, by the backlog command and
/// by other services (also as plain JSON). A second message for the same <see cref="EpisodeId"/> has no effect.
/// </summary>
/// <param name="EpisodeId">The id of the episode in all messages and services; chosen by the publisher.</param>
/// <param name="OwnerId">The user who may see the episode: the <c>sub</c> of their token.</param>
/// <param name="Title">Displayed to users and sent to Ittybit.</param>
/// <param name="Source">The raw video.</param>
/// <param name="Description">Displayed to users and sent to Ittybit.</param>
/// <param name="Tasks">The tasks to run; null or empty means audio, video and transcript.</param>
/// <param name="UploadedAt">When the upload was confirmed; null means the time of receipt.</param>
/// <param name="Priority">Whether the episode may wait behind others.</param>
/// <param name="Show">The slug of the owner's show to which the episode belongs (see <see cref="ShowChanged"/>): 1 to 50 lower-case
/// letters, digits and hyphens. Null means none, or the owner's only show.</param>
/// <param name="Details">For the channels on which the episode is published.</param>
public sealed record EpisodeUploaded(
    Guid EpisodeId,
    string OwnerId,
    string Title,
    EpisodeSource Source,
    string? Description = null,
    IReadOnlyList<PlannedTask>? Tasks = null,
    DateTimeOffset? UploadedAt = null,
    EpisodePriority Priority = EpisodePriority.Normal,
    string? Show = null,
    EpisodeDetails? Details = null);

/// <summary>
/// All required outputs of the episode exist and are checked. Published again if a user has an output made anew. The text of the
/// transcript is stored: <c>GET /episodes/{id}/transcript</c>.
/// </summary>
/// <param name="Outputs">One output for each completed task: the MP3, the MP4, the transcript's and the chapters' file, the thumbnail.
/// An address that has expired is renewed at Ittybit by the output's file id.</param>
/// <param name="At">When the last output was accepted.</param>
/// <param name="Show">As in <see cref="EpisodeUploaded"/>.</param>
/// <param name="Details">As in <see cref="EpisodeUploaded"/>.</param>
public sealed record EpisodeProcessed(
    Guid EpisodeId,
    string OwnerId,
    string Title,
    string? Description,
    IReadOnlyList<EpisodeOutput> Outputs,
    DateTimeOffset At,
    string? Show = null,
    EpisodeDetails? Details = null);

/// <summary>The episode could not be processed; a user may retry it.</summary>
/// <param name="Reason">The tasks that failed and why; for display.</param>
public sealed record EpisodeFailed(Guid EpisodeId, string OwnerId, string Reason, DateTimeOffset At);

/// <summary>The output of a task.</summary>
public sealed record EpisodeOutput(TaskKind Kind, TaskOutput Output);

/// <summary>Command to retry failed tasks, or to continue waiting ones at once.</summary>
/// <param name="Tasks">The tasks to retry; null or empty means all failed ones.</param>
/// <param name="Now">True if waits are skipped as well: of tasks for their next attempt, and of the steps after the tasks
/// (transcript, check of the outputs) for their next round.</param>
/// <param name="By">The originator: a user's <c>sub</c> or a service's name.</param>
/// <param name="Why">The originator's reason, for the history.</param>
public sealed record RetryEpisode(
    Guid EpisodeId, IReadOnlyList<TaskKind>? Tasks, bool Now, string By, string? Why = null);

/// <summary>Command to stop all work on the episode.</summary>
public sealed record CancelEpisode(Guid EpisodeId, string By, string? Why = null);

/// <summary>Command to continue a held episode, accepting its outputs as they are.</summary>
public sealed record ResumeEpisode(Guid EpisodeId, string By, string? Why = null);

/// <summary>
/// Command to publish the newest <see cref="EpisodeChanged"/> of an episode again, because it may have been lost.
/// </summary>
/// <param name="KnownVersion">The version that the sender has: only a newer one is published. Null means any version.</param>
/// <param name="By">A user's <c>sub</c>: the command then creates a version of its own, for the history. Null for a read model,
/// whose command is not recorded.</param>
/// <param name="Why">The sender's reason, for the history.</param>
public sealed record RepublishEpisode(Guid EpisodeId, int? KnownVersion = null, string? By = null, string? Why = null);

/// <summary>The time for which an episode was waiting has come: the sweep found its <c>DueAt</c> in the past.</summary>
/// <param name="LaneIsOpen">True if it is sent early, because the provider that the episode waits for can be called
/// again.</param>
public sealed record EpisodeDue(Guid EpisodeId, DateTimeOffset DueAt, bool LaneIsOpen = false);
