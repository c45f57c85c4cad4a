namespace Podcast.Emulators.Ittybit.Ledger;

/// <summary>One request to the API.</summary>
public sealed record LedgerEntry
{
    /// <summary>The number of the request in the order of arrival; the value of <c>after</c> for the next page.</summary>
    public long Seq { get; init; }

    /// <summary>The time of arrival.</summary>
    public DateTimeOffset At { get; init; }

    public string Method { get; init; } = "";

    /// <summary>The path below the prefix, for example <c>/tasks</c>.</summary>
    public string Path { get; init; } = "";

    public string? IdempotencyKey { get; init; }

    public string? Ref { get; init; }

    /// <summary>The requested task kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The file id or URL of the source.</summary>
    public string? Source { get; init; }

    /// <summary>The status code of the answer; null if there is none, or none yet.</summary>
    public int? Answer { get; init; }

    /// <summary>The fault that the dial applied to the request.</summary>
    public string? Fault { get; init; }

    /// <summary>The task that the request created, even if the answer did not reach the client.</summary>
    public string? TaskId { get; init; }
}

/// <summary>Counts of all requests, tasks and webhooks since the state directory was created.</summary>
/// <param name="Requests">API requests of every kind.</param>
/// <param name="CreateAttempts">POST requests.</param>
/// <param name="Tasks">Tasks that exist.</param>
/// <param name="TasksByState">Tasks by state: Pending, Processing, Completed, Failed.</param>
/// <param name="CreatesByAnswer">POST requests by the status code of the answer; "none" if there was no answer.</param>
/// <param name="Faults">Requests by the fault that the dial applied.</param>
/// <param name="Webhooks">Webhooks by state: waiting, sending, delivered, refused, given_up, dropped.</param>
public sealed record LedgerTotals(
    long Requests,
    long CreateAttempts,
    long Tasks,
    IReadOnlyDictionary<string, long> TasksByState,
    IReadOnlyDictionary<string, long> CreatesByAnswer,
    IReadOnlyDictionary<string, long> Faults,
    IReadOnlyDictionary<string, long> Webhooks);

/// <summary>A ref with more than one task of the same kind.</summary>
/// <param name="Ref">The label that the creator gave.</param>
public sealed record RepeatedRef(string Ref, string Kind, IReadOnlyList<string> TaskIds);

/// <summary>A webhook and its outcome.</summary>
public sealed record SentWebhook
{
    public long Seq { get; init; }

    public string TaskId { get; init; } = "";

    /// <summary>The reported task state: Processing, Completed or Failed.</summary>
    public string About { get; init; } = "";

    /// <summary><c>genuine</c>, <c>copy</c>, <c>forged_signature</c> or <c>no_signature</c>.</summary>
    public string Sort { get; init; } = "";

    /// <summary>The outcome: waiting, sending, delivered, refused, given_up or dropped.</summary>
    public string State { get; init; } = "";

    public long Attempts { get; init; }

    /// <summary>The status code of the last answer; null if there was none in time.</summary>
    public int? Answer { get; init; }

    /// <summary>The time of the next attempt; meaningful only in state waiting.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The end of the final attempt.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
