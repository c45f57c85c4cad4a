using Podcast.Contracts;

namespace Podcast.OperatorsConsole.Tests.Fixtures;

/// <summary>Snapshots as the orchestrator publishes them.</summary>
internal static class Snapshots
{
    public const string Failure = "Ittybit failed (503) for task_8a1.";

    public static EpisodeChanged Working(string title, int percent = 40, Guid? id = null, int version = 2) => Of(
        title, EpisodeStatus.Processing, id, version, null,
        Task(TaskKind.AudioExtraction, TaskState.Completed),
        Task(TaskKind.VideoTranscode, TaskState.Processing) with { Percent = percent, NextAt = Ago(-3), DeadlineAt = Ago(-90) },
        Task(TaskKind.TranscriptGeneration, TaskState.Pending) with { RequestedAt = Ago(1), StartedAt = null, IttybitTaskId = null, NextAt = Ago(-1) });

    public static EpisodeChanged Done(string title, Guid? id = null, int version = 9) => Of(
        title, EpisodeStatus.Processed, id, version, null,
        Task(TaskKind.AudioExtraction, TaskState.Completed), Task(TaskKind.VideoTranscode, TaskState.Completed),
        Task(TaskKind.TranscriptGeneration, TaskState.Completed), Task(TaskKind.ChapterDetection, TaskState.Completed));

    public static EpisodeChanged Failed(string title, string error = Failure, Guid? id = null, int version = 5) => Of(
        title, EpisodeStatus.Failed, id, version, $"video_transcode: {error}",
        Task(TaskKind.AudioExtraction, TaskState.Completed), Task(TaskKind.VideoTranscode, TaskState.Failed) with { Error = error, Attempt = 3 },
        Task(TaskKind.TranscriptGeneration, TaskState.Completed));

    public static EpisodeChanged Held(string title) => Of(
        title, EpisodeStatus.Held, null, 6, "the audio is 30 s long, the video 3600 s",
        Task(TaskKind.AudioExtraction, TaskState.Completed), Task(TaskKind.VideoTranscode, TaskState.Completed),
        Task(TaskKind.TranscriptGeneration, TaskState.Pending));

    /// <summary>With a history that tells of two attempts.</summary>
    public static EpisodeChanged WithHistory(this EpisodeChanged snapshot)
    {
        EpisodeChange[] earlier =
        [
            new(Ago(12), "episode_uploaded", null, "ann", null),
            new(Ago(11), "task_started", TaskKind.AudioExtraction, "ittybit", null),
            new(Ago(11), "task_started", TaskKind.VideoTranscode, "ittybit", null),
            new(Ago(9), "task_completed", TaskKind.AudioExtraction, "ittybit", null),
            new(Ago(8), "task_failed", TaskKind.VideoTranscode, "ittybit", "Ittybit failed (503)."),
            new(Ago(5), "task_started", TaskKind.VideoTranscode, "ittybit", null),
        ];
        return snapshot with { Earlier = earlier[^(Math.Min(earlier.Length, snapshot.Version - 1))..] };
    }

    private static EpisodeChanged Of(
        string title, EpisodeStatus status, Guid? id, int version, string? reason, params TaskSnapshot[] tasks) => new(
            id ?? Guid.NewGuid(), version, "local", title, null, new EpisodeSource("file_abc123", null, "talk.mp4", 2_000_000_000, 3600),
            EpisodePriority.Normal, status, reason, "med_1", tasks, Ago(12), Ago(12), status == EpisodeStatus.Processed ? Ago(1) : null,
            Ago(-1), Ago(-4000), new EpisodeChange(Ago(0.5), "task_progressed", tasks[0].Kind, "ittybit", null));

    private static TaskSnapshot Task(TaskKind kind, TaskState state) => new(
        kind, state, Required: kind != TaskKind.ChapterDetection, Attempt: 1, $"task_{Guid.NewGuid():N}"[..14], null,
        state == TaskState.Completed ? new TaskOutput($"file_{kind}", new Uri($"https://you.ittybit.net/e/{kind}.bin?signature=secret")) : null,
        null, Ago(1), Ago(11), Ago(10), null, null);

    private static DateTimeOffset Ago(double minutes) => TimeProvider.System.GetUtcNow().AddMinutes(-minutes);
}
