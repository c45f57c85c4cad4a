namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>One request to the API.</summary>
public sealed record LedgerEntry
{
    /// <summary>The order of arrival; pass it as <c>after</c> to read on.</summary>
    public long Seq { get; init; }

    /// <summary>The time of arrival.</summary>
    public DateTimeOffset At { get; init; }

    public string Method { get; init; } = "";

    /// <summary>Below the prefix, say <c>/tasks</c>.</summary>
    public string Path { get; init; } = "";

    public string? IdempotencyKey { get; init; }

    public string? Ref { get; init; }

    /// <summary>The task kind asked for.</summary>
    public string? Kind { get; init; }

    /// <summary>The file id or URL given.</summary>
    public string? Source { get; init; }

    /// <summary>The status of the answer; null when there was none, or none yet.</summary>
    public int? Answer { get; init; }

    /// <summary>What the dial did to it.</summary>
    public string? Fault { get; init; }

    /// <summary>The task that was made, whether or not the asker was told.</summary>
    public string? TaskId { get; init; }
}

/// <summary>Counts over everything that ever happened.</summary>
public sealed record LedgerTotals
{
    /// <summary>API requests of every kind.</summary>
    public long Requests { get; init; }

    /// <summary>POSTs.</summary>
    public long CreateAttempts { get; init; }

    /// <summary>Tasks that exist.</summary>
    public long Tasks { get; init; }

    /// <summary>Tasks by state: Pending, Processing, Completed, Failed.</summary>
    public IReadOnlyDictionary<string, long> TasksByState { get; init; } = new Dictionary<string, long>();

    /// <summary>POSTs by the status of their answer; "none" where there was none.</summary>
    public IReadOnlyDictionary<string, long> CreatesByAnswer { get; init; } = new Dictionary<string, long>();

    /// <summary>Requests by what the dial did to them.</summary>
    public IReadOnlyDictionary<string, long> Faults { get; init; } = new Dictionary<string, long>();

    /// <summary>Webhooks by state: waiting, sending, delivered, refused, given_up, dropped.</summary>
    public IReadOnlyDictionary<string, long> Webhooks { get; init; } = new Dictionary<string, long>();
}

/// <summary>More than one task with the same ref and kind.</summary>
/// <param name="Ref">The label that the creator gave.</param>
public sealed record RepeatedRef(string Ref, string Kind, IReadOnlyList<string> TaskIds);

/// <summary>A webhook and what became of it.</summary>
public sealed record SentWebhook
{
    public long Seq { get; init; }

    public string TaskId { get; init; } = "";

    /// <summary>The state that it tells: Processing, Completed or Failed.</summary>
    public string About { get; init; } = "";

    /// <summary><c>genuine</c>, <c>copy</c>, <c>forged_signature</c> or <c>no_signature</c>.</summary>
    public string Sort { get; init; } = "";

    /// <summary>waiting, sending, delivered, refused, given_up or dropped.</summary>
    public string State { get; init; } = "";

    public long Attempts { get; init; }

    /// <summary>The status of the last answer; null when there was none in time.</summary>
    public int? Answer { get; init; }

    /// <summary>When it was or will be tried next; it counts only while it is waiting.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The end of the last attempt that ended it.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
