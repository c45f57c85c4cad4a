using Podcast.Sweeping;

namespace Podcast.Publishing.Publications;

/// <summary>The saga instance of an episode on one channel: a ledger of what the channel has, and of what comes next.</summary>
public sealed class Publication : SagaStateMachineInstance, IDue
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";

    /// <summary>The number of changes.</summary>
    public int Version { get; set; }
    public Guid EpisodeId { get; set; }
    public PublishingChannel Channel { get; set; }
    public EpisodeProcessed Episode { get; set; } = null!;
    public ShowSettings Show { get; set; } = null!;

    /// <summary>When the episode was processed: of those that wait for quota, the newest goes first.</summary>
    public DateTimeOffset EpisodeAt { get; set; }
    public Step Step { get; set; }

    /// <summary>The number of the step that is under way; answers to earlier ones do not count.</summary>
    public int Turn { get; set; }

    /// <summary>True while an answer to the step is awaited; false while it waits for its time or for a person.</summary>
    public bool IsAsked { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? DueAt { get; set; }

    /// <inheritdoc/>
    public int DueClaims { get; set; }

    /// <summary>Failures of the step in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Waits of the step in a row.</summary>
    public int Waits { get; set; }

    /// <summary>Why it waits or failed; text for people.</summary>
    public string? Reason { get; set; }
    public string? Advice { get; set; }

    /// <summary>The channel's id of the draft or video.</summary>
    public string? RemoteId { get; set; }

    /// <summary>The address of the upload session, stored before the first byte is sent.</summary>
    public Uri? Session { get; set; }
    public bool WasSessionLost { get; set; }
    public long Sent { get; set; }
    public long? Total { get; set; }

    /// <summary>The file's address if it was renewed.</summary>
    public Uri? Source { get; set; }
    public string? Sha256 { get; set; }
    public Uri? Link { get; set; }
    public DateTimeOffset? PublicAt { get; set; }
    public IReadOnlyList<string> Notes { get; set; } = [];
    public string? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public string? RetractedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When a person asked for another attempt last.</summary>
    public DateTimeOffset? RetriedAt { get; set; }

    public DateTimeOffset? HeldAt { get; set; }
    public string? HeldBy { get; set; }
    public string? HeldWhy { get; set; }

    /// <summary>To when a person moved the release.</summary>
    public DateTimeOffset? MovedTo { get; set; }

    /// <summary>When its upload begins, or began, by the plan of the channel's quota.</summary>
    public DateTimeOffset? PlannedAt { get; set; }

    /// <summary>The same for captions that follow.</summary>
    public DateTimeOffset? CaptionsPlannedAt { get; set; }
    public string? PlannedWhy { get; set; }

    /// <summary>The day of Pacific time of which the upload's quota was spent last; written by the step, not by the saga.</summary>
    public DateOnly? UploadPaidOn { get; set; }

    /// <summary>The same for captions that follow.</summary>
    public DateOnly? CaptionsPaidOn { get; set; }

    /// <summary>By which the item is found on the channel if its id was lost; unique to the episode and channel.</summary>
    internal string Reference => ReferenceOf(CorrelationId);

    internal bool NeedsApproval => Show.Approval == ApprovalPolicy.Approve && ApprovedAt is null;

    /// <summary>When the episode is to become public; null: at once.</summary>
    internal DateTimeOffset? ReleaseAt => MovedTo ?? Episode.Details?.PublishAt;

    /// <summary>True if no step may begin. What is released cannot be held any more.</summary>
    internal bool IsHeld => HeldAt is not null && Step <= Step.Release;

    internal TaskOutput? Output(TaskKind kind) => Episode.Outputs.FirstOrDefault(output => output.Kind == kind)?.Output;

    /// <summary>Takes what a step learned.</summary>
    internal void Record(PublicationReceipt receipt)
    {
        RemoteId = receipt.RemoteId ?? RemoteId;
        Session = receipt.Session ?? Session;
        Sent = receipt.Sent ?? Sent;
        Total = receipt.Total ?? Total;
        Source = receipt.Source ?? Source;
        Sha256 = receipt.Sha256 ?? Sha256;
        Link = receipt.Link ?? Link;
        PublicAt = receipt.PublicAt ?? PublicAt;
        Notes = receipt.Notes is { } notes ? [.. Notes.Union(notes)] : Notes;
        PlannedAt = receipt.PlannedAt ?? PlannedAt;
        CaptionsPlannedAt = receipt.CaptionsPlannedAt ?? CaptionsPlannedAt;
    }

    internal PublicationChanged Snapshot(DateTimeOffset now) => new(
        EpisodeId, Channel, Version, Episode.OwnerId, Status, Step.Name, Reason, Advice, IsAsked ? null : DueAt, RemoteId, Link, Sent,
        Total, PublicAt, Notes, now, IsHeld ? null : PlannedAt, AwaitsCaptions ? CaptionsPlannedAt : null, PlannedWhy,
        IsHeld ? HeldBy : null, IsHeld ? HeldWhy : null, ReleaseAt);

    /// <summary>True if captions are still to follow.</summary>
    private bool AwaitsCaptions => Status is PublicationStatus.Publishing or PublicationStatus.AwaitsApproval
        || (Status == PublicationStatus.Published && Step == Step.TrailingCaptions && (IsAsked || DueAt is not null));

    /// <summary>The channel has scheduled the item. If the time is not the one that was asked for, the notes say so.</summary>
    internal PublicationReceipt Scheduled(DateTimeOffset? at) => new(
        PublicAt: at,
        Notes: at is not null && ReleaseAt is { } wanted && (at.Value - wanted).Duration() > TimeSpan.FromMinutes(1)
            ? [$"It becomes public at {at.Value.UtcDateTime:u}, although {wanted.UtcDateTime:u} was asked for."]
            : null);

    internal PublicationStatus Status => CurrentState switch
    {
        nameof(PublicationStateMachine.AwaitsApproval) => PublicationStatus.AwaitsApproval,
        nameof(PublicationStateMachine.Published) => PublicationStatus.Published,
        nameof(PublicationStateMachine.Failed) => PublicationStatus.Failed,
        nameof(PublicationStateMachine.Retracting) => PublicationStatus.Retracting,
        nameof(PublicationStateMachine.Retracted) => PublicationStatus.Retracted,
        _ => PublicationStatus.Publishing,
    };

    internal static string ReferenceOf(Guid publication) => $"pub-{publication:n}";
}
