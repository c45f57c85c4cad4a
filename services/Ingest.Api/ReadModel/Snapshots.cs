namespace Podcast.Ingest.Api.ReadModel;

/// <summary>The read model's rows of the orchestrator's snapshots.</summary>
internal static class Snapshots
{
    /// <summary>How the output of a task is stored.</summary>
    public static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The row of the episode as if it had not been accepted by this API.</summary>
    public static Episode Episode(this EpisodeChanged change)
    {
        var (audio, video) = (change.Output(TaskKind.AudioExtraction), change.Output(TaskKind.VideoTranscode));
        return new()
        {
            Id = change.EpisodeId,
            UserId = change.OwnerId,
            Version = change.Version,
            Title = change.Title,
            Description = change.Description,
            OriginalFilename = change.Source.Filename,
            FileSize = change.Source.Filesize,
            DurationSeconds = change.Source.DurationSeconds,
            SourceUrl = change.Source.Url?.OriginalString,
            IttybitFileId = change.Source.FileId,
            IttybitMediaId = change.MediaId,
            Show = change.Show,
            Details = change.Details,
            AudioFileId = audio?.FileId,
            AudioUrl = audio?.Url?.OriginalString,
            VideoFileId = video?.FileId,
            VideoUrl = video?.Url?.OriginalString,
            Status = Status.Of(change.Status),
            Reason = change.Reason,
            ProcessingStartedAt = change.ProcessingStartedAt,
            ProcessingCompletedAt = change.ProcessingCompletedAt,
            UploadedAt = change.CreatedAt,
            DueAt = change.DueAt,
            DeadlineAt = change.DeadlineAt,
            CreatedAt = change.CreatedAt,
            UpdatedAt = change.Change.At,
        };
    }

    public static IEnumerable<HistoryEntry> History(this EpisodeChanged snapshot) =>
        from one in snapshot.Changes()
        select new HistoryEntry
        {
            EpisodeId = snapshot.EpisodeId,
            Version = one.Version,
            At = one.Change.At,
            What = one.Change.What,
            Task = one.Change.Task,
            By = one.Change.By,
            Why = one.Change.Why,
        };

    /// <summary>The rows of the tasks, in the order of the plan.</summary>
    public static IEnumerable<ProcessingTask> ProcessingTasks(this EpisodeChanged change) =>
        change.Tasks.DistinctBy(task => task.Kind).Select(task => new ProcessingTask
        {
            EpisodeId = change.EpisodeId,
            Type = task.Kind,
            IttybitTaskId = task.IttybitTaskId,
            Status = task.State,
            Required = task.Required,
            Attempt = task.Attempt,
            Percent = task.Percent,
            OutputFileId = task.Output?.FileId,
            OutputUrl = task.Output?.Url?.OriginalString,
            Metadata = task.Output is null ? null : JsonSerializer.Serialize(task.Output, Json),
            ErrorMessage = task.Error,
            RequestedAt = task.RequestedAt,
            StartedAt = task.StartedAt,
            NextAt = task.NextAt,
            DeadlineAt = task.DeadlineAt,
            CreatedAt = task.RequestedAt ?? task.UpdatedAt,
            UpdatedAt = task.UpdatedAt,
        });

    /// <summary>
    /// An output of the episode: null until all tasks are done and checked, as in the tutorial, and if it was rejected.
    /// </summary>
    private static TaskOutput? Output(this EpisodeChanged change, TaskKind kind) => change.Status == EpisodeStatus.Processed
        ? change.Tasks.FirstOrDefault(task => task.Kind == kind && task is { State: TaskState.Completed, Error: null })?.Output
        : null;
}
