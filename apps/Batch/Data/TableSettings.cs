namespace Podcast.Batch.Data;

/// <summary>The names of the table and its columns. The defaults are the tutorial's names.</summary>
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
    /// <summary>The columns that the table must have, with the options that name them.</summary>
    public IReadOnlyList<(string Name, string Option)> Required =>
    [
        (Id, "--id-column"), (Url, "--url-column"), (TaskId, "--task-id-column"), (Status, "--status-column"),
        (OutputUrl, "--output-url-column"), (ProcessedAt, "--processed-at-column"),
    ];
}
