using System.Text.Json.Nodes;
using Podcast.Redaction;

namespace Podcast.Ingest.Api.Queues;

/// <summary>A message of an error queue, with why it failed. All of its texts are others', cut and without secrets.</summary>
/// <param name="Type">The type of the message; null if it could not be read.</param>
/// <param name="Error">The type of the exception; null if it was moved without one.</param>
/// <param name="Fault">What the exception says, or why it was moved.</param>
/// <param name="At">When it failed, UTC.</param>
/// <param name="Body">The beginning of the message.</param>
internal sealed record FailedMessage(
    string? MessageId, string? Type, string? Error, string Fault, DateTime? At, string? Host, string Body)
{
    /// <summary>Reads what the management API tells of a message; its headers are MassTransit's.</summary>
    public static FailedMessage Of(JsonObject message)
    {
        var properties = message["properties"] as JsonObject;
        var headers = properties?["headers"] as JsonObject;
        string? Header(string name) => headers?[name] is JsonValue value ? Redactor.Line(value.ToString()) : null;

        var body = message["payload_encoding"]?.ToString() == "string" ? message["payload"]?.ToString() ?? "" : "";
        return new(
            properties?["message_id"] is { } id ? Redactor.Line(id.ToString()) : null,
            Header("MT-Fault-MessageType")?.Split(':')[^1], Header("MT-Fault-ExceptionType"),
            Header("MT-Fault-Message") ?? (headers?.ContainsKey("x-death") == true ? Undelivered : Header("MT-Reason") ?? Unknown),
            DateTime.TryParse(
                Header("MT-Fault-Timestamp"), null, System.Globalization.DateTimeStyles.AdjustToUniversal, out var at) ? at : null,
            Header("MT-Host-MachineName"), Redactor.Line(Content(body)));
    }

    private const string Undelivered = "It was given back unanswered too often: it may end the process that gets it.";
    private const string Unknown = "Nothing is said about it.";

    /// <summary>What is inside of MassTransit's envelope; the whole body if it has none.</summary>
    private static string Content(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject envelope && envelope["message"] is { } content && envelope["messageType"] is not null
                ? content.ToJsonString()
                : body;
        }
        catch (JsonException)
        {
            return body; // also if it was cut
        }
    }
}
