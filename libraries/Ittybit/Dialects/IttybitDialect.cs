using System.Diagnostics.CodeAnalysis;
using Podcast.Ittybit.Dialects;

namespace Podcast.Ittybit;

/// <summary>Reads Ittybit's responses and webhooks in all formats that its API has had since 2024.</summary>
public static class IttybitDialect
{
    private static readonly string[] FinalErrors =
    [
        "request invalid", "url required", "format unsupported", "invalid input", "invalid file", "invalid media", "invalid format",
        "unsupported", "not supported", "corrupt", "malformed", "no audio", "no video", "not a media", "not a video",
    ];

    /// <summary>Reads a task from <paramref name="body"/>.</summary>
    /// <exception cref="JsonException">The body contains no task. The message says what is missing and quotes nothing of the
    /// body.</exception>
    public static IttybitTask ReadTask(JsonElement body) =>
        TryReadTask(body, out var task, out var problem) ? task : throw new JsonException(problem);

    /// <summary>
    /// Reads a task from a response or a webhook, with any envelope. On failure <paramref name="problem"/> says what is wrong,
    /// and may be shown to the sender. A webhook may contain the file that a task made instead of the task: see
    /// <see cref="IttybitTask.Id"/>.
    /// </summary>
    public static bool TryReadTask(
        JsonElement body, [NotNullWhen(true)] out IttybitTask? task, [NotNullWhen(false)] out string? problem) =>
        TaskReader.TryRead(body.Mended(), out task, out problem);

    /// <summary>
    /// The subject of a webhook that is not about a task: <c>media</c>, <c>run</c> … Null if it is about a task or cannot be
    /// read. Such a webhook is valid; answer 2xx and ignore it.
    /// </summary>
    public static string? OtherSubject(JsonElement body) => Subject.Other(Envelope.Open(body.Mended()));

    /// <summary>Maps Ittybit's status to an outcome; an unknown status means in progress.</summary>
    public static TaskOutcome Outcome(string status) => status.Trim().ToUpperInvariant() switch
    {
        "COMPLETED" or "SUCCEEDED" or "READY" => TaskOutcome.Succeeded,
        "FAILED" or "ERROR" or "CANCELLED" or "CANCELED" => TaskOutcome.Failed,
        _ => TaskOutcome.InProgress,
    };

    /// <summary>
    /// True if a task's error shows that the same request would fail again, because the source is broken or unsupported.
    /// </summary>
    public static bool IsFinal(string? error)
    {
        var words = error?.Replace('_', ' ').Replace('-', ' ') ?? "";
        return FinalErrors.Any(final => words.Contains(final, StringComparison.OrdinalIgnoreCase));
    }
}
