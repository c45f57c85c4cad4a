using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Podcast.Ittybit.Client;

/// <summary>Reads what Ittybit says in any of the dialects that its API has had since 2024, in answers and in webhooks.</summary>
public static class IttybitDialect
{
    /// <summary>Reads a task out of <paramref name="body"/>.</summary>
    /// <exception cref="JsonException">It holds no task; the message says what is missing, and nothing of the body.</exception>
    public static IttybitTask ReadTask(JsonElement body) =>
        TryReadTask(body, out var task, out var problem) ? task : throw new JsonException(problem);

    /// <summary>Reads a task out of an answer or a webhook; false with what is wrong, in words fit for the sender.</summary>
    public static bool TryReadTask(
        JsonElement body, [NotNullWhen(true)] out IttybitTask? task, [NotNullWhen(false)] out string? problem) =>
        throw new NotImplementedException();

    /// <summary>
    /// What a well-formed webhook is about when it is not about a task: <c>media</c>, <c>run</c> … Null when it is about a task, or
    /// cannot be read. Such a webhook is genuine and needs no answer but 2xx.
    /// </summary>
    public static string? OtherSubject(JsonElement body) => throw new NotImplementedException();

    /// <summary>What a status word means; a word that we do not know is progress.</summary>
    public static IttybitOutcome Outcome(string status) => throw new NotImplementedException();

    /// <summary>Whether a task's error says that the same request would fail again: a broken or unsupported source.</summary>
    public static bool IsFinal(string? error) => throw new NotImplementedException();
}
