using System.Text.Json.Serialization;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>The answer to a delivery that was accepted: <c>{"status":"received","task_id":"task_…"}</c>.</summary>
/// <param name="Status"><c>received</c>; <c>ignored</c> if the delivery is not about a task.</param>
/// <param name="TaskId">Ittybit's task id; null if the delivery names none.</param>
internal sealed record Receipt(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("task_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TaskId = null);
