using Podcast.FaultRunner.Clients;
using Podcast.FaultRunner.Listening;

namespace Podcast.FaultRunner.Evidence;

/// <summary>Everything known of a finished run; the only input of the checker.</summary>
internal sealed record RunEvidence
{
    /// <summary>The clients' orders and the answers to them.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    /// <summary>The episodes in the orchestrator's table.</summary>
    public IReadOnlyList<SagaFact> Sagas { get; init; } = [];

    /// <summary>The episodes in Ingest.Api's table.</summary>
    public IReadOnlyList<ReadModelFact> ReadModel { get; init; } = [];

    public IReadOnlyList<HistoryFact> History { get; init; } = [];

    /// <summary>The published messages, without copies.</summary>
    public IReadOnlyCollection<Heard> Messages { get; init; } = [];

    /// <summary>The published changes of episodes, without copies.</summary>
    public IReadOnlyCollection<HeardSnapshot> Snapshots { get; init; } = [];

    /// <summary>The provider's tasks.</summary>
    public IReadOnlyList<ProviderTask> ProviderTasks { get; init; } = [];

    /// <summary>The files that the provider's tasks made.</summary>
    public IReadOnlyList<ProviderOutput> ProviderOutputs { get; init; } = [];

    /// <summary>The publications in the publisher's table.</summary>
    public IReadOnlyList<PublicationFact> Publications { get; init; } = [];

    /// <summary>The episodes and videos of both channels, drafts included.</summary>
    public IReadOnlyList<ChannelItem> ChannelItems { get; init; } = [];

    /// <summary>The webhooks that the provider sent, and those that the emulator forged in its name.</summary>
    public IReadOnlyList<ProviderWebhook> Webhooks { get; init; } = [];

    /// <summary>The times of all calls to the provider, in Unix milliseconds, ascending.</summary>
    public IReadOnlyList<long> Calls { get; init; } = [];

    /// <summary>The ids of the messages that the orchestrator has consumed.</summary>
    public IReadOnlySet<Guid> Inbox { get; init; } = new HashSet<Guid>();

    /// <summary>The provider's task ids in the orchestrator's table of reported tasks.</summary>
    public IReadOnlySet<string> ReportedTaskIds { get; init; } = new HashSet<string>();

    /// <summary>The numbers of messages left in queues and outboxes, by place.</summary>
    public IReadOnlyDictionary<string, long> Leftovers { get; init; } = new Dictionary<string, long>();

    /// <summary>The reasons of messages in error queues, and messages that could not be read.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The forged requests to the gateway, and the statuses of the answers.</summary>
    public IReadOnlyCollection<(string What, int? Status)> Forgeries { get; init; } = [];

    /// <summary>The numbers of leaks, by secret and place.</summary>
    public IReadOnlyDictionary<string, int> Leaks { get; init; } = new Dictionary<string, int>();

    /// <summary>Unrequested exits, and exits with a wrong code.</summary>
    public IReadOnlyList<string> BadEnds { get; init; } = [];

    /// <summary>The highest rate of calls to the provider, per second; null: no limit was set.</summary>
    public int? Rate { get; init; }

    /// <summary>The least percentage of episodes to be processed, of those that can be.</summary>
    public double Floor { get; init; } = 95;
}
