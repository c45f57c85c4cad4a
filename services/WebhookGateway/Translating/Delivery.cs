using System.Text.Json;
using System.Text.Unicode;

namespace Podcast.WebhookGateway.Translating;

/// <summary>The content of a verified body: a task, another subject, or a problem.</summary>
/// <param name="OtherSubject">The subject if it is not a task: <c>media</c>, <c>run</c> …</param>
/// <param name="Problem">Why the body cannot be read, for the sender; contains nothing of the body.</param>
internal sealed record Delivery(IttybitTask? Task, string? OtherSubject = null, string? Problem = null)
{
    private const int LongestId = 200;

    public static Delivery Read(ReadOnlyMemory<byte> body, int maxDepth)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
            body = body[3..];
        if (body.IsEmpty)
            return Unreadable("The body is empty.");
        if (!Utf8.IsValid(body.Span))
            return Unreadable("The body is not UTF-8.");

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = maxDepth });
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            var (line, place) = (broken.LineNumber + 1, broken.BytePositionInLine + 1);
            return Unreadable($"The body is not JSON, or nested deeper than {maxDepth}: line {line}, byte {place}.");
        }
    }

    private static Delivery Read(JsonElement body)
    {
        if (IttybitDialect.OtherSubject(body) is { } subject)
            return new(null, OtherSubject: subject);
        if (!IttybitDialect.TryReadTask(body, out var task, out var problem))
            return Unreadable(problem);
        if (task.Status.Contains('\uFFFD'))
            return Unreadable("\"status\" holds half a character (a lone surrogate).");

        return task.Id.Length <= LongestId && !task.Id.Any(char.IsControl)
            ? new(task)
            : Unreadable($"\"id\" is longer than {LongestId} characters, or holds control characters.");
    }

    private static Delivery Unreadable(string problem) => new(null, Problem: problem);
}
