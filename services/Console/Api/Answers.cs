namespace Podcast.OperatorsConsole.Api;

// What Ingest.Api answers, as its OpenAPI document (/openapi/v1.json) describes it. Times are UTC.

/// <summary>A page of episodes, newest first; the cursors lead to the pages next to it.</summary>
public sealed record ListOfEpisodes(IReadOnlyList<Episode> Episodes, string? NextCursor, string? PreviousCursor);

/// <summary>The number of episodes by status.</summary>
public sealed record EpisodeCounts(IReadOnlyDictionary<string, int> Counts, int Total);

/// <summary>The episodes that changed, and the token for what changes later.</summary>
public sealed record EpisodeChanges(IReadOnlyList<Episode> Episodes, string Token, bool More);

/// <summary>An episode as it stands.</summary>
public sealed record Episode(
    Guid Id, string Title, string? Description, string Status, int Progress, DateTime CreatedAt, DateTime? ProcessingStartedAt,
    DateTime? ProcessingCompletedAt, IReadOnlyList<EpisodeTask> Tasks, Outputs Outputs, string? Reason, int Version, DateTime UpdatedAt,
    string? WaitingFor, string? Show, IReadOnlyList<WaitingPart>? Waiting, IReadOnlyList<string>? Actions, DateTime? ChangedAt);

/// <summary>A task of an episode.</summary>
public sealed record EpisodeTask(
    string Type, string Status, string? Error, string? OutputUrl, DateTime UpdatedAt, int Attempt, bool Required, int? Percent,
    DateTime? NextAt, string? IttybitTaskId, DateTime? RequestedAt, DateTime? StartedAt, DateTime? DeadlineAt);

/// <summary>What an episode has besides the outputs of its tasks.</summary>
public sealed record Outputs(string? Transcript);

/// <summary>One of the things that an episode waits for.</summary>
public sealed record WaitingPart(
    string For, string? Task, DateTime? Since, DateTime? NextAt, DateTime? GivenUpAt, int? Percent, int? Attempt, string? Why);

/// <summary>The changes of an episode, oldest first.</summary>
public sealed record EpisodeHistory(IReadOnlyList<HistoryLine> History);

/// <summary>One change.</summary>
public sealed record HistoryLine(int Version, DateTime At, string What, string? Task, string By, string? Why);

/// <summary>Where an episode stands on its channels.</summary>
public sealed record Publications(
    string Status, [property: System.Text.Json.Serialization.JsonPropertyName("publications")] IReadOnlyList<Publication> All);

/// <summary>Where an episode stands on one channel.</summary>
public sealed record Publication(
    string Channel, string Status, string Step, string? Reason, string? Advice, DateTime? WaitsUntil, Uri? Link, int? Percent,
    DateTime? PublicAt, IReadOnlyList<string> Notes, DateTime UpdatedAt, string? HeldBy, string? HeldWhy, DateTime? ReleaseAt);

/// <summary>A transcript in timed lines.</summary>
public sealed record Transcript(string? Language, string Text, IReadOnlyList<TranscriptLine> Lines);

/// <summary>A line of a transcript; seconds.</summary>
public sealed record TranscriptLine(double Start, double End, string Text, string? Speaker);

/// <summary>The chapters of an episode, or why there are none.</summary>
public sealed record ChapterList(IReadOnlyList<Chapter> Chapters, string? LeftOut);

/// <summary>A chapter; seconds.</summary>
public sealed record Chapter(double Start, double End, string Title);

/// <summary>Why episodes failed or are held.</summary>
public sealed record Failures(IReadOnlyList<FailureCause> Causes);

/// <summary>A cause; its episodes only where one is asked for.</summary>
public sealed record FailureCause(
    string Id, string? Step, string? Code, string Message, string Example, int Count, int Held, DateTime FirstAt, DateTime LastAt,
    IReadOnlyList<FailedEpisode>? Episodes);

/// <summary>An episode that failed or is held.</summary>
public sealed record FailedEpisode(Guid Id, string Title, string Status, DateTime At);

/// <summary>The newest jobs.</summary>
public sealed record Jobs([property: System.Text.Json.Serialization.JsonPropertyName("jobs")] IReadOnlyList<Job> All);

/// <summary>What is done with many episodes, with what became of them.</summary>
public sealed record Job(
    Guid Id, string Action, string? Step, string Message, string? Why, string By, DateTime CreatedAt, DateTime? DoneAt, int Total, int Open,
    int Refused, IReadOnlyDictionary<string, int>? Statuses, IReadOnlyList<JobItem>? Items, Guid? NextAfter);

/// <summary>One episode of a job.</summary>
public sealed record JobItem(Guid EpisodeId, string Title, string? Result, string? Note, string Status, string? Reason);

/// <summary>What goes out when.</summary>
public sealed record ReleasePlan(IReadOnlyList<PlannedRelease> Releases);

/// <summary>An episode on one channel, on which something is to come.</summary>
public sealed record PlannedRelease(
    Guid EpisodeId, string Title, string? Show, string Channel, string Status, DateTime? PlannedAt, DateTime? CaptionsPlannedAt,
    DateTime? PublicAt, string? Why, string? HeldBy, DateTime? ReleaseAt, string Step);

/// <summary>The channels' quotas.</summary>
public sealed record Quotas([property: System.Text.Json.Serialization.JsonPropertyName("quotas")] IReadOnlyList<Quota> All);

/// <summary>What was spent of a quota today, and when it is new.</summary>
public sealed record Quota(string Channel, string Project, string Bucket, int Spent, int Limit, int? CaptionsLeft, DateTime ResetsAt);

/// <summary>All providers.</summary>
public sealed record Lanes([property: System.Text.Json.Serialization.JsonPropertyName("lanes")] IReadOnlyList<Lane> All);

/// <summary>Whether a provider is called; calls per second, 0 is no limit.</summary>
public sealed record Lane(string Name, string State, string? Reason, string? By, DateTime? Since, DateTime? Until, double Rate);

/// <summary>The report of a service's health.</summary>
public sealed record HealthReport(string Status, IReadOnlyDictionary<string, HealthCheck> Checks);

/// <summary>One check.</summary>
public sealed record HealthCheck(string Status, string? Reason);

/// <summary>The body of an action.</summary>
public sealed record ActionBody(string? Why, bool? Now = null);

/// <summary>The body of a move; UTC.</summary>
public sealed record MoveBody(string To, string? Why);

/// <summary>The body of a retry of a cause.</summary>
public sealed record RetryCauseBody(int? Limit, string? Why);

/// <summary>The body of a job.</summary>
public sealed record StartJobBody(string Action, string Status, string? Q, int? AtMost, string? Why);

/// <summary>Who the API takes the viewer for.</summary>
public sealed record Me(string Name, IReadOnlyList<string> Roles, bool MayAct);
