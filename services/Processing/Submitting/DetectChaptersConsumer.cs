namespace Podcast.Processing.Submitting;

/// <summary>Submits the task that finds the chapters.</summary>
internal sealed class DetectChaptersConsumer(TaskSubmitter tasks) : IConsumer<DetectChapters>
{
    public Task Consume(ConsumeContext<DetectChapters> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, TaskKind.ChapterDetection, attempt), source, known, again, asked),
            from => IttybitTasks.Chapters(from, options?.Format));
    }
}
