namespace Podcast.Processing.TaskKinds;

/// <summary>Submits the task that makes the thumbnail.</summary>
internal sealed class CreateThumbnailConsumer(TaskSubmitter tasks) : IConsumer<CreateThumbnail>
{
    public static OutputRule Output { get; } = new(TaskKind.Thumbnail)
    {
        Natures = [ContentNature.Image],
        WrongTypes = ["audio/", "text/", "video/"],
        MaxBytes = 50 * 1024 * 1024, // of YouTube's thumbnails.set, since September 2026
    };

    public Task Consume(ConsumeContext<CreateThumbnail> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, Output.Kind, attempt), source, known, again, asked),
            from => IttybitTasks.Image(from, options?.Format, options?.Width, options?.Height, options?.Start));
    }
}
