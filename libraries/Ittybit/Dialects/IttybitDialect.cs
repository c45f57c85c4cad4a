using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Podcast.Contracts;
using Podcast.Ittybit.Dialects;

namespace Podcast.Ittybit;

/// <summary>Reads what Ittybit says in any of the dialects that its API has had since 2024, in answers and in webhooks.</summary>
public static class IttybitDialect
{
    private static readonly string[] FinalErrors =
    [
        "request invalid", "url required", "format unsupported", "invalid input", "invalid file", "invalid media", "invalid format",
        "unsupported", "not supported", "corrupt", "malformed", "no audio", "no video", "not a media", "not a video",
    ];

    /// <summary>Reads a task out of <paramref name="body"/>.</summary>
    /// <exception cref="JsonException">It holds no task; the message says what is missing, and nothing of the body.</exception>
    public static IttybitTask ReadTask(JsonElement body) =>
        TryReadTask(body, out var task, out var problem) ? task : throw new JsonException(problem);

    /// <summary>
    /// Reads a task out of an answer or a webhook, whatever is wrapped around it; false with what is wrong, in words fit for the
    /// sender. A webhook may also bring the file that a task made: see <see cref="IttybitTask.Id"/>.
    /// </summary>
    public static bool TryReadTask(
        JsonElement body, [NotNullWhen(true)] out IttybitTask? task, [NotNullWhen(false)] out string? problem) =>
        TaskReader.TryRead(body.Mended(), out task, out problem);

    /// <summary>
    /// What a well-formed webhook is about when it is not about a task: <c>media</c>, <c>run</c> … Null when it is about a task, or
    /// cannot be read. Such a webhook is genuine and needs no answer but 2xx.
    /// </summary>
    public static string? OtherSubject(JsonElement body) => Subject.Other(Envelope.Open(body.Mended()));

    /// <summary>What a status word means; a word that we do not know is progress.</summary>
    public static TaskOutcome Outcome(string status) => status.Trim().ToUpperInvariant() switch
    {
        "COMPLETED" or "SUCCEEDED" or "READY" => TaskOutcome.Succeeded,
        "FAILED" or "ERROR" or "CANCELLED" or "CANCELED" => TaskOutcome.Failed,
        _ => TaskOutcome.InProgress,
    };

    /// <summary>Whether a task's error says that the same request would fail again: a broken or unsupported source.</summary>
    public static bool IsFinal(string? error)
    {
        var words = error?.Replace('_', ' ').Replace('-', ' ') ?? "";
        return FinalErrors.Any(final => words.Contains(final, StringComparison.OrdinalIgnoreCase));
    }
}
