using Podcast.Contracts;

namespace Podcast.Ittybit;

/// <summary>A task as Ittybit tells it, whichever dialect it speaks.</summary>
public sealed record IttybitTask
{
    private const int LongestWord = 50;

    /// <summary><c>task_…</c> or <c>job_…</c>. Empty only when a webhook brought the made file instead of its task, or among <see cref="IttybitPage{T}.Doubtful"/>.</summary>
    public required string Id { get; init; }

    /// <summary><c>audio</c>, <c>video</c>, <c>speech</c>, <c>chapters</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>Ittybit's own word, kept as it came, known or not.</summary>
    public required string Status { get; init; }

    /// <summary>That word without what cannot be shown.</summary>
    public string Word => Redaction.Cut(new([.. Status.Where(letter => !char.IsControl(letter))]), LongestWord);

    /// <summary>What that word means to us.</summary>
    public TaskOutcome Outcome => IttybitDialect.Outcome(Status);

    /// <summary>0–100, when Ittybit tells.</summary>
    public int? Progress { get; init; }

    /// <summary>
    /// Why it failed, in Ittybit's words, preceded by its code if it has one. Fit for people: at most 300 characters, without
    /// queries of addresses, keys and tokens.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>Why it failed, in words for people, also where Ittybit gives no error.</summary>
    public string Reason => Error ?? $"Ittybit says: {Word}.";

    /// <summary>Whether another attempt may succeed where it failed.</summary>
    public bool IsWorthAnotherTry => !IttybitDialect.IsFinal(Error);

    /// <summary>What it made; the first, if several.</summary>
    public IttybitFile? Output { get; init; }

    /// <summary>The label of the request, where the server echoes it.</summary>
    public string? Ref { get; init; }

    /// <summary>The callback of the request, where the server echoes it. Carries a token: never log it.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The file that it works on, if it is one at Ittybit.</summary>
    public string? InputFileId { get; init; }

    /// <summary>The address that it works on. May be signed: never log it.</summary>
    public string? InputUrl { get; init; }

    /// <summary>When Ittybit accepted it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
