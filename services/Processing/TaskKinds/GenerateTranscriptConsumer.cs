namespace Podcast.Processing.TaskKinds;

/// <summary>Submits the task that makes the transcript. Its words are checked when it is collected.</summary>
internal sealed class GenerateTranscriptConsumer(TaskSubmitter tasks) : IConsumer<GenerateTranscript>
{
    public static OutputRule Output { get; } = new(TaskKind.TranscriptGeneration)
    {
        Natures = [ContentNature.Text, ContentNature.Unknown],
        WrongTypes = ["image/", "audio/", "video/"],
    };

    public Task Consume(ConsumeContext<GenerateTranscript> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, Output.Kind, attempt), source, known, again, asked),
            from => IttybitTasks.Speech(from, options?.Language));
    }
}
