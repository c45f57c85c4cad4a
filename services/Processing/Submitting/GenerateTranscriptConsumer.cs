namespace Podcast.Processing.Submitting;

/// <summary>Submits the task that makes the transcript.</summary>
internal sealed class GenerateTranscriptConsumer(TaskSubmitter tasks) : IConsumer<GenerateTranscript>
{
    public Task Consume(ConsumeContext<GenerateTranscript> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, TaskKind.TranscriptGeneration, attempt), source, known, again, asked),
            from => IttybitTasks.Speech(from, options?.Language));
    }
}
