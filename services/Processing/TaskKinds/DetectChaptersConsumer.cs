namespace Podcast.Processing.TaskKinds;

/// <summary>Submits the task that finds the chapters.</summary>
internal sealed class DetectChaptersConsumer(TaskSubmitter tasks) : IConsumer<DetectChapters>
{
    public static OutputRule Output { get; } = new(TaskKind.ChapterDetection)
    {
        Read = (content, source, options) =>
        {
            var (chapters, note) = ChapterReader.Read(content);
            return (Objection([.. chapters.Select(chapter => chapter.Start)], source, options), note);
        },
    };

    public Task Consume(ConsumeContext<DetectChapters> context)
    {
        var (episodeId, attempt, source, options, known, again, asked) = context.Message;
        return tasks.Submit(
            context,
            new TaskOrder(new TaskAttempt(episodeId, Output.Kind, attempt), source, known, again, asked),
            from => IttybitTasks.Chapters(from, options?.Format));
    }

    internal static string? Objection(double[] starts, double? source, OutputOptions options) =>
        starts.Length == 0 ? "no chapters in it"
        : source > 0 && starts[^1] > source + options.Tolerance(source.Value)
            ? $"chapter {starts.Length} begins at {OutputRule.Seconds(starts[^1])} s, the source has {OutputRule.Seconds(source.Value)} s"
        : null;
}
