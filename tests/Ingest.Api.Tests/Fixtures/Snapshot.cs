using Podcast.Contracts;

namespace Podcast.Ingest.Api.Tests.Fixtures;

/// <summary>Snapshots as the orchestrator publishes them.</summary>
internal static class Snapshot
{
    private static readonly DateTimeOffset start = new(2026, 1, 15, 14, 32, 10, TimeSpan.Zero);

    public static EpisodeChanged Of(
        Guid episodeId,
        int version,
        string owner,
        EpisodeStatus status = EpisodeStatus.Processing,
        string? reason = null,
        params TaskSnapshot[] tasks) => new(
            episodeId,
            version,
            owner,
            "How to Build APIs",
            "A talk",
            new EpisodeSource("file_abc123", null, "episode-042.mp4", 2_147_483_648, 3600),
            EpisodePriority.Normal,
            status,
            reason,
            "med_1",
            tasks,
            start,
            start,
            status == EpisodeStatus.Processed ? At(version) : null,
            DueAt: null,
            DeadlineAt: null,
            new EpisodeChange(At(version), $"change_{version}", tasks.FirstOrDefault()?.Kind, "ittybit", $"why {version}"));

    public static TaskSnapshot Task(
        TaskKind kind, TaskState state, string? taskId = null, TaskOutput? output = null, string? error = null, int? percent = null) =>
        new(kind, state, Required: true, Attempt: 1, taskId, percent, output, error, At(1), state == TaskState.Pending ? null : start, start, NextAt: null, DeadlineAt: null);

    public static TaskOutput Output(string name) => new($"file_{name}", new Uri($"https://you.ittybit.net/episodes/x/{name}"));

    public static DateTimeOffset At(int version) => start.AddSeconds(version);
}
