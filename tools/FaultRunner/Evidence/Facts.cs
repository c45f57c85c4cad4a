using Podcast.Contracts;
using Podcast.Orchestrator.Ledger;

namespace Podcast.FaultRunner.Evidence;

/// <summary>An episode in the orchestrator's table.</summary>
/// <param name="State">Of the state machine: <c>Processed</c> …</param>
internal sealed record SagaFact(Guid Id, string Title, string State, int Version, TaskLedger Tasks)
{
    public bool HasEnded => State is "Processed" or "Failed" or "Held" or "Cancelled";
}

/// <summary>An episode as its owner sees it.</summary>
internal sealed record ReadModelFact(Guid Id, string Title, string Status, int Version);

/// <summary>A line of an episode's history.</summary>
internal sealed record HistoryFact(Guid EpisodeId, int Version, string What, string? Task);

/// <summary>A task at the provider's.</summary>
/// <param name="Kind">In the provider's words: <c>audio</c> …</param>
/// <param name="IsLost">The provider has forgotten it: whoever asks is told that there is none.</param>
internal sealed record ProviderTask(string Id, string Kind, string? Ref, string Status, bool IsLost)
{
    /// <summary>Whose it is: <c>podcast_audio-{episode}-{attempt}</c>. Null when nobody knows.</summary>
    public TaskIdentity? Identity =>
        Ref?.Split('-') is [_, var episode, var attempt] && Guid.TryParse(episode, out var id) && int.TryParse(attempt, out var number)
            && KindOf(Kind) is { } kind
            ? new TaskIdentity(id, kind, number)
            : null;

    private static TaskKind? KindOf(string word) => word switch
    {
        "audio" => TaskKind.AudioExtraction,
        "video" => TaskKind.VideoTranscode,
        "speech" => TaskKind.TranscriptGeneration,
        "chapters" => TaskKind.ChapterDetection,
        _ => null,
    };
}

/// <summary>What names at most one task at the provider's.</summary>
internal sealed record TaskIdentity(Guid EpisodeId, TaskKind Kind, int Attempt)
{
    public override string ToString() => $"{EpisodeId}/{Kind.Word()}/{Attempt}";
}

/// <summary>A webhook and what became of it.</summary>
/// <param name="About">The state that it tells: <c>Processing</c>, <c>Completed</c> or <c>Failed</c>.</param>
/// <param name="IsGenuine">The provider sent it; false: somebody else did.</param>
/// <param name="State">waiting, sending, delivered, refused, given_up or dropped.</param>
/// <param name="Answer">The status of the last answer.</param>
/// <param name="MessageId">The id that the gateway gives to the event that it makes of this.</param>
internal sealed record ProviderWebhook(string TaskId, string About, bool IsGenuine, string State, int? Answer, Guid MessageId)
{
    public bool IsAcknowledged => Answer is >= 200 and < 300;
}
