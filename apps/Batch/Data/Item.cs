namespace Podcast.Batch.Data;

/// <summary>A row that waits.</summary>
/// <param name="Id">The row's id, as text.</param>
internal sealed record Candidate(string Id, string? Url);

/// <summary>A row that is ours to send: written down before anything is sent.</summary>
/// <param name="Attempt">1, 2 …; one attempt has at most one task.</param>
/// <param name="Ref">Names the attempt at Ittybit.</param>
/// <param name="ClaimedAt">When it was first about to be sent.</param>
/// <param name="TriedAt">When it was last about to be sent.</param>
/// <param name="Tries">How often sending it ended in nobody knows what.</param>
/// <param name="IsOpen">An earlier run may have sent it: look before sending.</param>
/// <param name="Via"><c>task</c> or <c>episode</c>: how it was claimed.</param>
internal sealed record Claim(
    string Id, string Url, int Attempt, string Ref, DateTimeOffset ClaimedAt, DateTimeOffset TriedAt, int Tries, bool IsOpen, string Via);

/// <summary>An item whose task is at work.</summary>
/// <param name="Misses">How often in a row Ittybit did not know the task.</param>
internal sealed record Dispatched(string Id, string TaskId, string? Ref, int Attempt, string Via, DateTimeOffset SentAt, int Misses);

/// <summary>The tutorial's words.</summary>
internal static class Status
{
    public const string Pending = "pending";
    public const string Dispatched = "dispatched";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

/// <summary>Through what an item goes.</summary>
internal static class Via
{
    public const string Task = "task";
    public const string Episode = "episode";
}
