using System.Text.Json.Serialization;

namespace Podcast.Contracts;

/// <summary>Command to publish an episode on a channel. A second one for the same episode and channel has no effect.</summary>
/// <param name="Show">The settings of its show at this time.</param>
public sealed record PlanPublication(Guid EpisodeId, PublishingChannel Channel, EpisodeProcessed Episode, ShowSettings Show);

/// <summary>Command to make the item on the channel, not yet public: a draft or an upload session.</summary>
/// <param name="Turn">The number of the step; the answer carries it, and only the current one counts. The command may be repeated: each
/// step looks first at what the channel has.</param>
public sealed record PrepareDraft(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>Command to send the next part of the file; see <see cref="PrepareDraft"/>.</summary>
/// <param name="Again">True if the part may have been sent already: the channel is asked how much it has.</param>
public sealed record SendChunk(Guid EpisodeId, PublishingChannel Channel, int Turn, bool Again = false);

/// <summary>Command to read the item back and compare it, before and after the release; see <see cref="PrepareDraft"/>.</summary>
public sealed record ReadBack(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>Command to set the video's thumbnail; see <see cref="PrepareDraft"/>.</summary>
public sealed record AttachThumbnail(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>Command to add the video's captions; see <see cref="PrepareDraft"/>.</summary>
public sealed record AttachCaptions(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>Command to make the item public or to schedule it; see <see cref="PrepareDraft"/>.</summary>
public sealed record Release(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>Command to take the item down; see <see cref="PrepareDraft"/>.</summary>
public sealed record Retract(Guid EpisodeId, PublishingChannel Channel, int Turn);

/// <summary>The answer to a step of a publication.</summary>
/// <param name="Receipt">What the step learned; what is null is as before.</param>
/// <param name="Reason">Why it waits or was refused; for display.</param>
/// <param name="Advice">What a person can do about it.</param>
/// <param name="Until">When to try again; null means after a growing delay.</param>
public sealed record PublicationStepEnded(
    Guid EpisodeId,
    PublishingChannel Channel,
    int Turn,
    StepOutcome Outcome,
    PublicationReceipt? Receipt = null,
    string? Reason = null,
    string? Advice = null,
    DateTimeOffset? Until = null);

/// <summary>What a step learned of the item on the channel.</summary>
/// <param name="RemoteId">The channel's id of the item.</param>
/// <param name="Session">The address of the upload session; who has it can upload, so it is never shown.</param>
/// <param name="Sent">How much of the file the channel has, in bytes.</param>
/// <param name="Total">The size of the file, in bytes.</param>
/// <param name="Source">The file's address, if it was renewed.</param>
/// <param name="Sha256">The hash of the bytes that were sent, in lower-case hexadecimal.</param>
/// <param name="Link">Where people find the item.</param>
/// <param name="PublicAt">When the channel makes it public.</param>
/// <param name="Notes">What was changed, left out or is missing; for display.</param>
/// <param name="PlannedAt">When there is a place for the upload in the plan of the channel's quota.</param>
/// <param name="CaptionsPlannedAt">The same for captions that follow a public video.</param>
public sealed record PublicationReceipt(
    string? RemoteId = null,
    Uri? Session = null,
    long? Sent = null,
    long? Total = null,
    Uri? Source = null,
    string? Sha256 = null,
    Uri? Link = null,
    DateTimeOffset? PublicAt = null,
    IReadOnlyList<string>? Notes = null,
    DateTimeOffset? PlannedAt = null,
    DateTimeOffset? CaptionsPlannedAt = null);

/// <summary>
/// The plan of the channel's quota has changed for a publication, because other publications came or went or quota was spent.
/// </summary>
/// <param name="PlannedAt">When there is a place for the upload; null if it is not known.</param>
/// <param name="CaptionsPlannedAt">The same for captions that follow a public video.</param>
/// <param name="Why">Why then; for display.</param>
public sealed record PublicationReplanned(
    Guid EpisodeId, PublishingChannel Channel, DateTimeOffset? PlannedAt, DateTimeOffset? CaptionsPlannedAt, string? Why);

/// <summary>The time for which a publication was waiting has come: the sweep found its <c>DueAt</c> in the past.</summary>
/// <param name="PublicationId">The id that the publishing service derives from episode and channel.</param>
public sealed record PublicationDue(Guid PublicationId, DateTimeOffset DueAt);

/// <summary>How a step of a publication ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepOutcome>))]
public enum StepOutcome
{
    /// <summary>Done: the next step follows.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>Part of it is done: the same step follows at once.</summary>
    [JsonStringEnumMemberName("more")]
    More,

    /// <summary>Not yet: the same step follows later.</summary>
    [JsonStringEnumMemberName("later")]
    Later,

    /// <summary>It failed for the moment: the same step follows after a growing delay, but not without end.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The upload session is gone: the draft is prepared anew.</summary>
    [JsonStringEnumMemberName("session_lost")]
    SessionLost,

    /// <summary>Refused: it would be refused again. A person must act.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
