namespace Podcast.Batch.Running;

/// <summary>
/// The settings of <c>run</c> and <c>apply</c>, as <see cref="RunOptions"/> describes them. The defaults are the tutorial's where
/// it has them.
/// </summary>
internal sealed record RunSettings
{
    public int BatchSize { get; init; } = 10;

    /// <summary>Pause between batches.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The highest number of items to process; 0: all.</summary>
    public int Limit { get; init; }

    /// <summary>The highest number of concurrent requests.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The highest rate of requests of any kind, per second.</summary>
    public double Rate { get; init; } = 10;

    /// <summary>An item fails if its task has not ended within this time after it was sent.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The run ends after this time without a successful answer; the items are not marked as failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after a request without an answer its task may still appear in Ittybit's list.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True to learn results from the webhook gateway, and to poll rarely in case one was lost.</summary>
    public bool HearsWebhooks { get; init; }

    /// <summary>The owner of the episodes made from items: the <c>sub</c> of the owner's token.</summary>
    public string Owner { get; init; } = "backlog";

    /// <summary>The highest number of episodes in the pipeline at once, and so the most that may be ahead of a new upload.</summary>
    public int InFlight { get; init; } = 20;

    /// <summary>Also wait for items that an earlier run has dispatched.</summary>
    public bool Earlier { get; init; }

    public TaskTemplate Task { get; init; } = new();
}
