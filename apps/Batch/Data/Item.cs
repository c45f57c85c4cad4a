using System.Security.Cryptography;

namespace Podcast.Batch.Data;

/// <summary>A row as it was read, before it is claimed.</summary>
/// <param name="Next">The attempt with which it would be sent, if attempts are read.</param>
/// <param name="Last">The last attempt that was begun; null before the first.</param>
[method: ExplicitConstructor]
internal sealed record Candidate(string Id, string? Url, string Status, int Next, int? Last);

/// <summary>A row that this run may send. The claim is stored before anything is sent.</summary>
/// <param name="Attempt">From 1. One attempt has at most one task.</param>
/// <param name="Ref">The <c>ref</c> by which Ittybit's list identifies the attempt.</param>
/// <param name="ClaimedAt">The time of the first claim, just before the first request.</param>
/// <param name="TriedAt">The time just before the last request.</param>
/// <param name="IsOpen">True if an earlier run may have sent it: the task must be searched for first.</param>
[method: ExplicitConstructor]
internal sealed record Claim(
    string Id, string Url, int Attempt, string Ref, DateTimeOffset ClaimedAt, DateTimeOffset TriedAt, bool IsOpen, string Via)
{
    /// <summary>The number of requests of this run. Those of earlier runs do not count: a retry must send again.</summary>
    public int Tries { get; init; }

    /// <summary>The time just before the first request of this run; null before it.</summary>
    public DateTimeOffset? FirstTriedAt { get; init; }
}

/// <summary>An item whose task is at work.</summary>
/// <param name="Misses">The number of consecutive polls whose answer made no sense, such as an unknown task.</param>
[method: ExplicitConstructor]
internal sealed record Dispatched(string Id, string TaskId, string? Ref, int Attempt, string Via, DateTimeOffset SentAt, int Misses);

/// <summary>The values of the status column, as in the tutorial.</summary>
internal static class Status
{
    public const string Pending = "pending";
    public const string Dispatched = "dispatched";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

/// <summary>The routes by which an item is processed.</summary>
internal static class Via
{
    public const string Task = "task";
    public const string Episode = "episode";
}

/// <summary>Derives a GUID from a name by SHA-256 (RFC 9562, version 8). The same name always gives the same GUID.</summary>
internal static class ItemGuid
{
    /// <summary>The episode that is made of this address for this item: another address is another episode.</summary>
    public static Guid OfEpisode(string prefix, string itemId, string url) => Of($"{prefix}{itemId} {url}");

    public static Guid Of(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"podcast-batch/{name}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
