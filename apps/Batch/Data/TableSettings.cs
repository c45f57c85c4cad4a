namespace Podcast.Batch.Data;

/// <summary>Which table, and what its columns are called. The defaults are the tutorial's names.</summary>
/// <param name="Table"><c>media</c> or <c>schema.media</c>.</param>
internal sealed record TableSettings(
    string Table = "media",
    string Id = "id",
    string Url = "url",
    string TaskId = "ittybit_task_id",
    string Status = "processing_status",
    string OutputUrl = "output_url",
    string ProcessedAt = "processed_at",
    string CreatedAt = "created_at",
    string UpdatedAt = "updated_at",
    string Attempts = "attempts",
    string Error = "error",
    string DispatchedAt = "dispatched_at")
{
    /// <summary>Without these nothing works.</summary>
    public IReadOnlyList<(string Name, string Option)> Required =>
    [
        (Id, "--id-column"), (Url, "--url-column"), (TaskId, "--task-id-column"), (Status, "--status-column"),
        (OutputUrl, "--output-url-column"), (ProcessedAt, "--processed-at-column"),
    ];
}
