using System.Text.Json.Serialization;
using Podcast.Contracts;
using Podcast.Ingest.Api.Data;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>An episode on the wire: the tutorial's fields, then ours. Times are UTC.</summary>
/// <param name="Progress">Percent of the tasks that ended, well or not; 0 when there are none.</param>
/// <param name="Reason">Why it is held, failed or cancelled; for people.</param>
/// <param name="Version">Grows with every change that the orchestrator reports; 0 before the first.</param>
/// <param name="WaitingFor">
/// Why it is not done, in one sentence for people; null when it is, and in the answers to POSTs, which may be sent again much later.
/// </param>
internal sealed record EpisodeView(
    Guid Id,
    string Title,
    string? Description,
    string Status,
    int Progress,
    [property: JsonPropertyName("created_at")] DateTime CreatedAt,
    [property: JsonPropertyName("processing_started_at")] DateTime? ProcessingStartedAt,
    [property: JsonPropertyName("processing_completed_at")] DateTime? ProcessingCompletedAt,
    IReadOnlyList<TaskView> Tasks,
    OutputsView Outputs,
    string? Reason,
    int Version,
    [property: JsonPropertyName("updated_at")] DateTime UpdatedAt,
    [property: JsonPropertyName("waiting_for")] string? WaitingFor = null)
{
    public static EpisodeView Of(Episode episode, bool hasTranscript, string? waitingFor) => new(
        episode.Id,
        episode.Title,
        episode.Description,
        episode.Status,
        PercentEnded(episode.Tasks),
        episode.CreatedAt.UtcDateTime,
        episode.ProcessingStartedAt?.UtcDateTime,
        episode.ProcessingCompletedAt?.UtcDateTime,
        [.. episode.Tasks.OrderBy(task => task.Id).Select(TaskView.Of)],
        new OutputsView(episode.AudioUrl, episode.VideoUrl, hasTranscript ? "available" : null),
        episode.Reason,
        episode.Version,
        episode.UpdatedAt.UtcDateTime,
        waitingFor);

    private static int PercentEnded(List<ProcessingTask> tasks)
    {
        var ended = tasks.Count(task => task.Status is TaskState.Completed or TaskState.Failed);
        return tasks.Count == 0 ? 0 : (int)Math.Round(100.0 * ended / tasks.Count, MidpointRounding.AwayFromZero);
    }
}

/// <summary>A task on the wire.</summary>
/// <param name="Error">Why it failed, or why its last attempt did; for people.</param>
/// <param name="Percent">0–100, while Ittybit tells.</param>
/// <param name="NextAt">When it is looked at again if nothing happens.</param>
internal sealed record TaskView(
    string Type,
    string Status,
    string? Error,
    [property: JsonPropertyName("output_url")] string? OutputUrl,
    [property: JsonPropertyName("updated_at")] DateTime UpdatedAt,
    int Attempt,
    bool Required,
    int? Percent,
    [property: JsonPropertyName("next_at")] DateTime? NextAt)
{
    public static TaskView Of(ProcessingTask task) => new(
        task.Type.Word(),
        WireNames<TaskState>.Of(task.Status),
        task.ErrorMessage,
        task.OutputUrl,
        task.UpdatedAt.UtcDateTime,
        task.Attempt,
        task.Required,
        task.Percent,
        task.NextAt?.UtcDateTime);
}

/// <summary>What came of an episode.</summary>
/// <param name="AudioUrl">Once the episode is processed.</param>
/// <param name="VideoUrl">Once the episode is processed.</param>
/// <param name="Transcript"><c>available</c> as soon as it can be read.</param>
internal sealed record OutputsView(
    [property: JsonPropertyName("audio_url")] string? AudioUrl,
    [property: JsonPropertyName("video_url")] string? VideoUrl,
    string? Transcript);
