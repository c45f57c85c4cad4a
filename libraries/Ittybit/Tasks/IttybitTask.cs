namespace Podcast.Ittybit;

/// <summary>A task as Ittybit reports it, in any version of its API.</summary>
public sealed record IttybitTask
{
    private const int LongestWord = 50;

    /// <summary>
    /// <c>task_…</c> or <c>job_…</c>. Empty only if a webhook contained the made file instead of the task, or in
    /// <see cref="IttybitPage{T}.Doubtful"/>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary><c>audio</c>, <c>video</c>, <c>speech</c>, <c>chapters</c>, <c>image</c> …</summary>
    public string? Kind { get; init; }

    /// <summary>Ittybit's status, unchanged, known or not.</summary>
    public required string Status { get; init; }

    /// <summary><see cref="Status"/> for display: without control characters, at most 50 characters.</summary>
    public string Word => Redactor.Cut(new([.. Status.Where(letter => !char.IsControl(letter))]), LongestWord);

    /// <summary>The outcome that <see cref="Status"/> means.</summary>
    public TaskOutcome Outcome => IttybitDialect.Outcome(Status);

    /// <summary>0–100; null if Ittybit does not report it.</summary>
    public int? Progress { get; init; }

    /// <summary>
    /// Why the task failed, in Ittybit's words, preceded by its code if there is one. For display: at most 300 characters,
    /// without query strings of addresses, keys and tokens.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>Why the task failed, for display; also set if Ittybit gives no error.</summary>
    public string Reason => Error ?? $"Ittybit says: {Word}.";

    /// <summary>True if another attempt may succeed.</summary>
    public bool IsWorthAnotherTry => !IttybitDialect.IsFinal(Error);

    /// <summary>The output; the first one if there are several.</summary>
    public IttybitFile? Output { get; init; }

    /// <summary>The label of the request, if the server returns it.</summary>
    public string? Ref { get; init; }

    /// <summary>The callback address of the request, if the server returns it. It contains a token: never log it.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The id of the input file, if the input is a file at Ittybit.</summary>
    public string? InputFileId { get; init; }

    /// <summary>The address of the input. It may be signed: never log it.</summary>
    public string? InputUrl { get; init; }

    /// <summary>When Ittybit accepted it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
