namespace Podcast.Processing.Submitting;

/// <summary>Submits the task that makes the MP3.</summary>
internal sealed class ExtractAudioConsumer(TaskSubmitter tasks) : IConsumer<ExtractAudio>
{
    public Task Consume(ConsumeContext<ExtractAudio> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, TaskKind.AudioExtraction, attempt), source, known, again, asked),
            from => IttybitTasks.Audio(from, options?.Format, options?.Bitrate, options?.Channels));
    }
}
