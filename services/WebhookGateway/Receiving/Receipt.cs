using System.Text.Json.Serialization;

namespace Podcast.WebhookGateway.Receiving;

/// <summary>The answer to a delivery that is kept: <c>{"status":"received","task_id":"task_…"}</c>.</summary>
/// <param name="Status"><c>received</c>; <c>ignored</c> when it is about no task.</param>
/// <param name="TaskId">Ittybit's task id, when the delivery names one.</param>
internal sealed record Receipt(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("task_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TaskId = null);
