using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>A platform on which episodes are published.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublishingChannel>))]
public enum PublishingChannel
{
    /// <summary>The podcast host Transistor, which feeds Apple, Spotify and others.</summary>
    [JsonStringEnumMemberName("transistor")]
    Transistor,

    /// <summary>A channel at YouTube.</summary>
    [JsonStringEnumMemberName("youtube")]
    Youtube,
}

/// <summary>Where the publication of an episode on one channel stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationStatus>))]
public enum PublicationStatus
{
    /// <summary>It is being uploaded and checked, or waits for its next step.</summary>
    [JsonStringEnumMemberName("publishing")]
    Publishing,

    /// <summary>Everything is uploaded and checked; a person must approve it.</summary>
    [JsonStringEnumMemberName("awaits_approval")]
    AwaitsApproval,

    /// <summary>It is public, or the channel will make it public at the planned time.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>It needs a person: the reason says what for. Nothing that was made is lost.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It is being taken down.</summary>
    [JsonStringEnumMemberName("retracting")]
    Retracting,

    /// <summary>It was taken down: no longer public.</summary>
    [JsonStringEnumMemberName("retracted")]
    Retracted,
}

/// <summary>The episode is on the channel: it was read back there and compared with what was sent.</summary>
/// <param name="RemoteId">The channel's id of the item.</param>
/// <param name="Link">Where people find it; null if the channel gave none.</param>
/// <param name="PublicAt">When the channel makes it public; null if it is public.</param>
public sealed record EpisodePublished(
    Guid EpisodeId, PublishingChannel Channel, string OwnerId, string RemoteId, Uri? Link, DateTimeOffset At,
    DateTimeOffset? PublicAt = null);

/// <summary>The episode could not be published on the channel; a user may retry it.</summary>
/// <param name="Reason">The channel's refusal in plain words; for display.</param>
/// <param name="Advice">What a person can do about it.</param>
public sealed record PublishingFailed(
    Guid EpisodeId, PublishingChannel Channel, string OwnerId, string Reason, string? Advice, DateTimeOffset At);

/// <summary>
/// The complete state of a publication after a change, for read models. A consumer keeps the one with the highest
/// <see cref="Version"/> of each episode and channel.
/// </summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="Step">What is being done: prepare, send, read_back, thumbnail, captions, release, confirm, trailing_captions,
/// confirm_captions, retract.</param>
/// <param name="Reason">Why it waits, or what went wrong; for display.</param>
/// <param name="Advice">What a person can do about it.</param>
/// <param name="DueAt">When the next step begins, if it waits for a time.</param>
/// <param name="RemoteId">The channel's id of the item; null before it is made.</param>
/// <param name="SentBytes">How much of the file the channel has.</param>
/// <param name="TotalBytes">The size of the file; null if not known yet.</param>
/// <param name="PublicAt">When the channel makes it public; null if it is or is not to be public.</param>
/// <param name="Notes">What was changed or left out for the channel, and what is missing there; for display.</param>
/// <param name="PlannedAt">When its upload begins, or began; null if it is not known. Moves when newer episodes come.</param>
/// <param name="CaptionsPlannedAt">When captions that follow a public video are added; null if none are to come, or if the time is
/// not known.</param>
/// <param name="PlannedWhy">Why then; for display.</param>
/// <param name="HeldBy">Who holds it: nothing goes on until it is let go. Null: nobody.</param>
/// <param name="HeldWhy">The reason that they gave; for display.</param>
/// <param name="ReleaseAt">When it is to become public; null: as soon as it can.</param>
public sealed record PublicationChanged(
    Guid EpisodeId,
    PublishingChannel Channel,
    int Version,
    string OwnerId,
    PublicationStatus Status,
    string Step,
    string? Reason,
    string? Advice,
    DateTimeOffset? DueAt,
    string? RemoteId,
    Uri? Link,
    long SentBytes,
    long? TotalBytes,
    DateTimeOffset? PublicAt,
    IReadOnlyList<string> Notes,
    DateTimeOffset At,
    DateTimeOffset? PlannedAt = null,
    DateTimeOffset? CaptionsPlannedAt = null,
    string? PlannedWhy = null,
    string? HeldBy = null,
    string? HeldWhy = null,
    DateTimeOffset? ReleaseAt = null);

/// <summary>Command to make a publication public whose show wants a person's approval. May come before it is ready.</summary>
/// <param name="By">The originator: a user's <c>sub</c>.</param>
public sealed record ApprovePublication(Guid EpisodeId, PublishingChannel Channel, string By, DateTimeOffset At);

/// <summary>Command to continue a failed publication at the step that failed, or a waiting one at once.</summary>
public sealed record RetryPublication(Guid EpisodeId, PublishingChannel Channel, string By);

/// <summary>Command to take an episode down from the channel; the item stays there, as a draft or private.</summary>
public sealed record RetractPublication(Guid EpisodeId, PublishingChannel Channel, string By, string? Why = null);

/// <summary>Command to let nothing of a publication go on that is not public yet; a step that is under way ends first.</summary>
/// <param name="By">The originator: a user's <c>sub</c>.</param>
/// <param name="Why">The originator's reason.</param>
public sealed record HoldPublication(Guid EpisodeId, PublishingChannel Channel, string By, DateTimeOffset At, string? Why = null);

/// <summary>Command to let a held publication go on.</summary>
public sealed record ResumePublication(Guid EpisodeId, PublishingChannel Channel, string By, DateTimeOffset At, string? Why = null);

/// <summary>Command to make an item public at another time. No effect once the channel has been told the time.</summary>
/// <param name="To">When; in the past: as soon as it can.</param>
public sealed record MoveRelease(
    Guid EpisodeId, PublishingChannel Channel, DateTimeOffset To, string By, DateTimeOffset At, string? Why = null);

/// <summary>
/// What was spent of a channel's quota in its present day, for read models. A consumer keeps the newest of each project and bucket.
/// </summary>
/// <param name="Project">The Google project, by the name of its OAuth client.</param>
/// <param name="Bucket"><c>inserts</c>: uploads; <c>units</c>: all other calls, captions among them.</param>
/// <param name="Limit">Of the day.</param>
/// <param name="CaptionsCost">What captions cost of the bucket; 0: they cost nothing of it.</param>
/// <param name="ResetsAt">When the next day begins.</param>
public sealed record QuotaSpent(
    PublishingChannel Channel, string Project, string Bucket, int Spent, int Limit, int CaptionsCost, DateTimeOffset ResetsAt,
    DateTimeOffset At);
