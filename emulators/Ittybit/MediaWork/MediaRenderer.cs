using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Ittybit.MediaWork.Simulated;

namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>
/// Makes the output of a task, with the real tools if possible, and applies the faults of its <see cref="TaskFate"/>.
/// </summary>
internal sealed class MediaRenderer(RealMaker real, SimulatedMaker simulated, MediaTools tools, OutputFiles outputs, ChaosControl chaos)
{
    /// <exception cref="TaskProblem">The output cannot be made from this source.</exception>
    public async Task<StoredFile> Make(EmulatedTask task, OpenSource source, Action<double> progress, CancellationToken cancellationToken)
    {
        if (task.Kind == TaskKinds.Video && !source.Media.HasVideo)
            throw new TaskProblem("invalid_input: the source has no picture.");
        if (task.Kind is TaskKinds.Audio or TaskKinds.Speech && !source.Media.HasAudio)
            throw new TaskProblem("invalid_input: the source has no sound.");

        var maker = await MakerOf(task, source);
        var file = task.Kind switch
        {
            TaskKinds.Audio => await Audio(task, source, maker, progress, cancellationToken),
            TaskKinds.Video => await Video(task, source, maker, progress, cancellationToken),
            TaskKinds.Speech => Speech(task, source, await maker.Transcript(source, progress, cancellationToken)),
            _ => Chapters(task, source, await maker.Chapters(source, progress, cancellationToken)),
        };
        return outputs.Weigh(task.Fate.EmptyOutput ? file with { Blob = outputs.Text("") } : file);
    }

    /// <summary>Chooses the maker. Speech in other languages is simulated, because pocketsphinx supports only English.</summary>
    private async Task<IMediaMaker> MakerOf(EmulatedTask task, OpenSource source)
    {
        var isEnglish = task.Kind != TaskKinds.Speech || Language(task).StartsWith("en", StringComparison.OrdinalIgnoreCase);
        return source.Path is not null && isEnglish && await tools.LaneOf(task.Kind) == WorkLane.Real ? real : simulated;
    }

    private async Task<StoredFile> Audio(
        EmulatedTask task, OpenSource source, IMediaMaker maker, Action<double> progress, CancellationToken cancellationToken)
    {
        var options = new TaskOptions(task.Options);
        var format = options.Text("format") ?? "mp3";
        if (maker == simulated && format != "mp3")
            throw new TaskProblem("format_unsupported: sound is simulated here, and only as mp3.");

        var order = new AudioOrder(format, options.Integer("bitrate") ?? 128_000, options.Integer("channels") ?? 2, ExcerptOf(task, source));
        var blob = await maker.Audio(source, order, progress, cancellationToken);
        var file = format switch
        {
            "mp3" => outputs.Describe(task, "source", "audio/mpeg", format, blob),
            "aac" => outputs.Describe(task, "source", "audio/mp4", format, blob, "m4a"),
            _ => outputs.Describe(task, "source", "audio/" + format, format, blob),
        };
        return await outputs.Measure(file, order.Excerpt.Length, cancellationToken);
    }

    private async Task<StoredFile> Video(
        EmulatedTask task, OpenSource source, IMediaMaker maker, Action<double> progress, CancellationToken cancellationToken)
    {
        var options = new TaskOptions(task.Options);
        var format = options.Text("format") ?? "mp4";
        var (width, height) = Size(options, source.Media);
        var order = new VideoOrder(
            format, width, height, options.Number("fps"), options.Integer("bitrate"), options.Text("quality") ?? "medium", ExcerptOf(task, source));

        var blob = await maker.Video(source, order, progress, cancellationToken);
        var file = outputs.Describe(task, "source", format == "mov" ? "video/quicktime" : "video/mp4", format, blob);
        return await outputs.Measure(file with { Fps = order.Fps }, order.Excerpt.Length, cancellationToken);
    }

    private StoredFile Speech(EmulatedTask task, OpenSource source, IReadOnlyList<Segment> segments)
    {
        var text = TimedText.Speech(Spoiled(task, source, segments), Language(task), chaos.Dial.Dialect);
        return outputs.Describe(task, "intelligence", "application/json", "json", outputs.Text(text)) with
        {
            Duration = Math.Round(SimulatedMaker.Length(source).TotalSeconds, 3),
            Language = Language(task),
        };
    }

    private StoredFile Chapters(EmulatedTask task, OpenSource source, IReadOnlyList<Segment> segments)
    {
        var chapters = Spoiled(task, source, segments);
        var file = new TaskOptions(task.Options).Text("format") switch
        {
            "json" => outputs.Describe(task, "track", "application/json", "json", outputs.Text(TimedText.ChaptersAsJson(chapters))),
            "srt" => outputs.Describe(task, "track", "application/x-subrip", "srt", outputs.Text(TimedText.ChaptersAsSrt(chapters))),
            _ => outputs.Describe(task, "track", "text/vtt", "vtt", outputs.Text(TimedText.ChaptersAsVtt(chapters))),
        };
        return file with { Duration = Math.Round(SimulatedMaker.Length(source).TotalSeconds, 3), Chapters = chapters };
    }

    /// <summary>Drops the second half or reverses the order if the fate of the task says so.</summary>
    private static IReadOnlyList<Segment> Spoiled(EmulatedTask task, OpenSource source, IReadOnlyList<Segment> segments)
    {
        var half = SimulatedMaker.Length(source).TotalSeconds / 2;
        var kept = task.Fate.ShortOutput ? segments.Where(segment => segment.End <= half) : segments;
        return [.. task.Fate.Unordered ? kept.Reverse() : kept];
    }

    private static Excerpt ExcerptOf(EmulatedTask task, OpenSource source)
    {
        var options = new TaskOptions(task.Options);
        var start = options.Number("start") ?? 0;
        var length = Math.Min(options.Number("end") ?? double.MaxValue, SimulatedMaker.Length(source).TotalSeconds) - start;
        if (length <= 0)
            throw new TaskProblem("invalid_input: start lies at or behind the end.");

        var isWhole = start == 0 && options.Number("end") is null && !task.Fate.ShortOutput;
        return new Excerpt(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(task.Fate.ShortOutput ? length / 2 : length), isWhole);
    }

    /// <summary>
    /// The requested size. A missing side follows from the aspect ratio of the source; both sides are even, as H.264 requires.
    /// </summary>
    private static (int Width, int Height) Size(TaskOptions options, SourceMedia source)
    {
        double width = source.Width ?? 1280, height = source.Height ?? 720;
        var (wantedWidth, wantedHeight) = (options.Number("width"), options.Number("height"));
        return (Even(wantedWidth ?? (wantedHeight * width / height) ?? width), Even(wantedHeight ?? (wantedWidth * height / width) ?? height));

        static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
    }

    private static string Language(EmulatedTask task) => new TaskOptions(task.Options).Text("language") ?? "en";
}
