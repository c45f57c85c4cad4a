using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Listening;

namespace Podcast.FaultRunner.Evidence;

/// <summary>All that can be known of a run when it is over: what the checker goes by, and nothing else.</summary>
internal sealed record RunEvidence
{
    /// <summary>What clients wanted and were told.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    /// <summary>The orchestrator's table.</summary>
    public IReadOnlyList<SagaFact> Sagas { get; init; } = [];

    /// <summary>Ingest.Api's table.</summary>
    public IReadOnlyList<ReadModelFact> ReadModel { get; init; } = [];

    public IReadOnlyList<HistoryFact> History { get; init; } = [];

    /// <summary>Each message that was published, once.</summary>
    public IReadOnlyCollection<Heard> Messages { get; init; } = [];

    /// <summary>Each change that was published, once.</summary>
    public IReadOnlyCollection<HeardSnapshot> Snapshots { get; init; } = [];

    /// <summary>The provider's tasks.</summary>
    public IReadOnlyList<ProviderTask> ProviderTasks { get; init; } = [];

    /// <summary>What the provider, or who pretends to be, sent to the gateway.</summary>
    public IReadOnlyList<ProviderWebhook> Webhooks { get; init; } = [];

    /// <summary>When the provider was called, in Unix milliseconds, rising.</summary>
    public IReadOnlyList<long> Calls { get; init; } = [];

    /// <summary>The ids of the messages that the orchestrator has consumed.</summary>
    public IReadOnlySet<Guid> Inbox { get; init; } = new HashSet<Guid>();

    /// <summary>The provider's task ids that the orchestrator has heard of, beside those of episodes.</summary>
    public IReadOnlySet<string> ReportedTaskIds { get; init; } = new HashSet<string>();

    /// <summary>What is left in queues and outboxes, by place.</summary>
    public IReadOnlyDictionary<string, long> Leftovers { get; init; } = new Dictionary<string, long>();

    /// <summary>Why messages are in error queues.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>What a stranger sent to the gateway, and its answer.</summary>
    public IReadOnlyCollection<(string What, int? Status)> Forgeries { get; init; } = [];

    /// <summary>Secrets, by what and where.</summary>
    public IReadOnlyDictionary<string, int> Leaks { get; init; } = new Dictionary<string, int>();

    /// <summary>Processes that ended and should not have, or not like that.</summary>
    public IReadOnlyList<string> BadEnds { get; init; } = [];

    /// <summary>Calls to the provider per second at most; null: no limit was set.</summary>
    public int? Rate { get; init; }

    /// <summary>Percent of the episodes that nothing stands against.</summary>
    public double Floor { get; init; } = 95;
}
