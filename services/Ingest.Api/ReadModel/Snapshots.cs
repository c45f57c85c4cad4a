namespace Podcast.Ingest.Api.ReadModel;

/// <summary>Copies the orchestrator's snapshots to the read model's rows.</summary>
internal static class Snapshots
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The row of an episode that was not accepted by this API.</summary>
    public static Episode NewEpisode(this EpisodeChanged change) => new()
    {
        Id = change.EpisodeId,
        UserId = change.OwnerId,
        Title = change.Title,
        Status = Status.Uploaded,
        CreatedAt = change.CreatedAt,
        SourceUrl = change.Source.Url?.OriginalString,
        UploadedAt = change.CreatedAt,
    };

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

    /// <param name="ownerOf">The episodes to which Ittybit tasks belong; gets those of this snapshot.</param>
    public static void CopyTo(this EpisodeChanged change, Episode episode, Dictionary<string, Guid> ownerOf, ILogger logger)
    {
        episode.Version = change.Version;
        episode.Title = change.Title;
        episode.Description = change.Description;
        episode.OriginalFilename = change.Source.Filename ?? episode.OriginalFilename;
        episode.FileSize = change.Source.Filesize ?? episode.FileSize;
        episode.DurationSeconds = change.Source.DurationSeconds ?? episode.DurationSeconds;
        episode.IttybitFileId = change.Source.FileId ?? episode.IttybitFileId;
        episode.IttybitMediaId = change.MediaId;
        episode.Status = Status.Of(change.Status);
        episode.Reason = change.Reason;
        episode.ProcessingStartedAt = change.ProcessingStartedAt;
        episode.ProcessingCompletedAt = change.ProcessingCompletedAt;
        episode.DueAt = change.DueAt;
        episode.DeadlineAt = change.DeadlineAt;
        episode.UpdatedAt = change.Change.At;

        (episode.AudioFileId, episode.AudioUrl) = change.Output(TaskKind.AudioExtraction);
        (episode.VideoFileId, episode.VideoUrl) = change.Output(TaskKind.VideoTranscode);

        episode.Tasks.RemoveAll(task => change.Tasks.All(snapshot => snapshot.Kind != task.Type));
        var seen = new HashSet<string>();
        foreach (var snapshot in change.Tasks)
        {
            var task = episode.Tasks.Find(task => task.Type == snapshot.Kind);
            if (task is null)
                episode.Tasks.Add(task = new() { Type = snapshot.Kind, CreatedAt = snapshot.RequestedAt ?? snapshot.UpdatedAt });

            task.IttybitTaskId = snapshot.IttybitTaskId;
            if (snapshot.IttybitTaskId is { } id && !(seen.Add(id) && (ownerOf.TryAdd(id, episode.Id) || ownerOf[id] == episode.Id)))
            {
                // A duplicate id is Ittybit's error. Without the id, the unique index does not reject the rest of the snapshot.
                logger.IttybitTaskTaken(id, episode.Id, snapshot.Kind);
                task.IttybitTaskId = null;
            }

            snapshot.CopyTo(task);
        }
    }

    private static void CopyTo(this TaskSnapshot snapshot, ProcessingTask task)
    {
        task.Status = snapshot.State;
        task.Required = snapshot.Required;
        task.Attempt = snapshot.Attempt;
        task.Percent = snapshot.Percent;
        task.OutputFileId = snapshot.Output?.FileId;
        task.OutputUrl = snapshot.Output?.Url?.OriginalString;
        task.Metadata = snapshot.Output is null ? null : JsonSerializer.Serialize(snapshot.Output, json);
        task.ErrorMessage = snapshot.Error;
        task.UpdatedAt = snapshot.UpdatedAt;
        task.RequestedAt = snapshot.RequestedAt;
        task.StartedAt = snapshot.StartedAt;
        task.NextAt = snapshot.NextAt;
        task.DeadlineAt = snapshot.DeadlineAt;
    }

    /// <summary>An output of the episode: null until all tasks are done and checked, as in the tutorial.</summary>
    private static (string? FileId, string? Url) Output(this EpisodeChanged change, TaskKind kind)
    {
        var tasks = change.Status == EpisodeStatus.Processed ? change.Tasks : [];
        var output = tasks.FirstOrDefault(task => task.Kind == kind && task.State == TaskState.Completed)?.Output;
        return (output?.FileId, output?.Url?.OriginalString);
    }
}
