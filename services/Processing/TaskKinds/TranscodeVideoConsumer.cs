namespace Podcast.Processing.TaskKinds;

/// <summary>Submits the task that makes the MP4.</summary>
internal sealed class TranscodeVideoConsumer(TaskSubmitter tasks) : IConsumer<TranscodeVideo>
{
    public static OutputRule Output { get; } = new(TaskKind.VideoTranscode)
    {
        IsMedia = true,
        Natures = [ContentNature.Video, ContentNature.AudioOrVideo],
        WrongTypes = ["image/", "text/", "audio/"],
        WrongContainerTypes = ["audio/"],
    };

    public Task Consume(ConsumeContext<TranscodeVideo> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, Output.Kind, attempt), source, known, again, asked),
            from => IttybitTasks.Video(
                from, options?.Format, options?.Codec, options?.Width, options?.Height, options?.Fps, options?.Bitrate));
    }
}
