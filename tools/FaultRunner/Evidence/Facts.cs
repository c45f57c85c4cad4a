using Podcast.Contracts;
using Podcast.Ittybit;
using Podcast.Orchestrator.Ledger;

namespace Podcast.FaultRunner.Evidence;

/// <summary>An episode in the orchestrator's table.</summary>
/// <param name="State">The state of the state machine: <c>Processed</c> …</param>
internal sealed record SagaFact(Guid Id, string Title, string State, int Version, TaskLedger Tasks)
{
    public bool HasEnded => State is "Processed" or "Failed" or "Held" or "Cancelled";
}

/// <summary>An episode in the read model.</summary>
internal sealed record ReadModelFact(Guid Id, string Title, string Status, int Version);

/// <summary>A line of an episode's history.</summary>
internal sealed record HistoryFact(Guid EpisodeId, int Version, string What, string? Task);

/// <summary>A task of the provider.</summary>
/// <param name="Kind">The provider's name of the kind: <c>audio</c> …</param>
/// <param name="IsLost">True if the provider has forgotten the task and answers requests for it with 404.</param>
internal sealed record ProviderTask(string Id, string Kind, string? Ref, string Status, bool IsLost)
{
    /// <summary>
    /// The task's identity, from its ref <c>podcast_audio-{episode}-{attempt}</c>; null if the ref is not of this form.
    /// </summary>
    public TaskIdentity? Identity =>
        Ref?.Split('-') is [_, var episode, var attempt] && Guid.TryParse(episode, out var id) && int.TryParse(attempt, out var number)
            && IttybitTasks.Kinds.SingleOrDefault(pair => pair.Value == Kind) is { Value: not null } known
            ? new TaskIdentity(id, known.Key, number)
            : null;
}

/// <summary>A file that a task made.</summary>
/// <param name="Path">The end of its address.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal.</param>
internal sealed record ProviderOutput(string Id, string Path, string Sha256)
{
    /// <summary>A report may lack the id or the address.</summary>
    public bool Is(TaskOutput output) =>
        output.FileId is { } id ? id == Id : output.Url?.AbsolutePath.EndsWith($"/{Path}", StringComparison.Ordinal) == true;
}

/// <summary>The identity for which the provider may have at most one task.</summary>
internal sealed record TaskIdentity(Guid EpisodeId, TaskKind Kind, int Attempt)
{
    public override string ToString() => $"{EpisodeId}/{Kind.WireName()}/{Attempt}";
}

/// <summary>A webhook and its delivery.</summary>
/// <param name="About">The reported state: <c>Processing</c>, <c>Completed</c> or <c>Failed</c>.</param>
/// <param name="IsGenuine">True if the provider sent the webhook; false if it is forged.</param>
/// <param name="State">The state of the delivery: waiting, sending, delivered, refused, given_up or dropped.</param>
/// <param name="Answer">The status of the last answer.</param>
/// <param name="MessageId">The message id that the gateway derives for the event of this webhook.</param>
internal sealed record ProviderWebhook(string TaskId, string About, bool IsGenuine, string State, int? Answer, Guid MessageId)
{
    public bool IsAcknowledged => Answer is >= 200 and < 300;
}
