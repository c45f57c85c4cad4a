namespace Podcast.Processing.TaskKinds;

/// <summary>Submits the task that makes the MP3.</summary>
internal sealed class ExtractAudioConsumer(TaskSubmitter tasks) : IConsumer<ExtractAudio>
{
    public static OutputRule Output { get; } = new(TaskKind.AudioExtraction)
    {
        IsMedia = true,
        Natures = [ContentNature.Audio, ContentNature.AudioOrVideo],
        WrongTypes = ["image/", "text/", "video/"],
        WrongContainerTypes = ["video/", "audio/mpeg", "audio/mp3"], // a container excludes MP3
    };

    public Task Consume(ConsumeContext<ExtractAudio> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, Output.Kind, attempt), source, known, again, asked),
            from => IttybitTasks.Audio(from, options?.Format, options?.Bitrate, options?.Channels));
    }
}
