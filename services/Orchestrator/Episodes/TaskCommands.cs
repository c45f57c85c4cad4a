namespace Podcast.Orchestrator.Episodes;

/// <summary>Builds the command that requests a task.</summary>
internal static class TaskCommands
{
    public static object For(EpisodeState episode, TaskEntry entry, bool again)
    {
        var known = entry.Past.Select(past => past.IttybitTaskId).ToList();
        return entry.Kind switch
        {
            TaskKind.AudioExtraction => new ExtractAudio(
                episode.CorrelationId, entry.Attempt, episode.Source, entry.Options, known, again, entry.FirstAskedAt),
            TaskKind.VideoTranscode => new TranscodeVideo(
                episode.CorrelationId, entry.Attempt, episode.Source, entry.Options, known, again, entry.FirstAskedAt),
            TaskKind.TranscriptGeneration => new GenerateTranscript(
                episode.CorrelationId, entry.Attempt, episode.Source, entry.Options, known, again, entry.FirstAskedAt),
            TaskKind.ChapterDetection => new DetectChapters(
                episode.CorrelationId, entry.Attempt, episode.Source, entry.Options, known, again, entry.FirstAskedAt),
            _ => throw new InvalidOperationException($"No command makes {entry.Kind}."),
        };
    }
}
