namespace Podcast.Batch.Running;

/// <summary>What <c>run</c> and <c>apply</c> are told. The defaults are the tutorial's where it has them.</summary>
internal sealed record RunSettings
{
    /// <summary>Items per batch.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Pause between batches.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause between two looks at the tasks.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At most so many items; 0: all.</summary>
    public int Limit { get; init; }

    /// <summary>Requests at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Requests per second, of any kind, at most.</summary>
    public double Rate { get; init; } = 10;

    /// <summary>An item whose task has not ended so long after it was sent has failed.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(6);

    /// <summary>After so long without one good answer the run ends; nothing fails by it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>So long after a request without an answer a task may still turn up in Ittybit's list.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How results are learnt.</summary>
    public WaitFor Wait { get; init; }

    /// <summary>Whose the episodes are that items become: the <c>sub</c> of their token.</summary>
    public string Owner { get; init; } = "backlog";

    /// <summary>Episodes that are in the pipeline at once; so many may be before one of today.</summary>
    public int InFlight { get; init; } = 20;

    /// <summary>Also wait for what an earlier run has dispatched.</summary>
    public bool Earlier { get; init; }

    /// <summary>What is made of each item that becomes a task.</summary>
    public TaskTemplate Task { get; init; } = new();
}

/// <summary>How results are learnt.</summary>
internal enum WaitFor
{
    /// <summary>By asking.</summary>
    Poll,

    /// <summary>From the gateway, and by asking rarely in case one got lost.</summary>
    Webhooks,
}
