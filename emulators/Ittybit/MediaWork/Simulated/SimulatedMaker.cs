namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Makes small valid files of the right length. Equal outputs share a blob, so that thousands of tasks need one file.
/// </summary>
internal sealed class SimulatedMaker(EmulatorDirectory directory) : IMediaMaker
{
    private static readonly TimeSpan SentenceLength = TimeSpan.FromSeconds(6);

    public Task<string> Audio(OpenSource source, AudioOrder order, Action<double> progress, CancellationToken cancellationToken) => Task.FromResult(Blob(
        string.Create(CultureInfo.InvariantCulture, $"silence-{order.Excerpt.Length.TotalMilliseconds:0}-{order.Channels}.mp3"),
        stream => SilentMp3.Write(stream, order.Excerpt.Length, order.Channels)));

    public Task<string> Video(OpenSource source, VideoOrder order, Action<double> progress, CancellationToken cancellationToken)
    {
        var fps = order.Fps ?? 25;
        return Task.FromResult(Blob(
            string.Create(CultureInfo.InvariantCulture, $"grey-{order.Excerpt.Length.TotalMilliseconds:0}-{order.Width}x{order.Height}-{fps}.{order.Format}"),
            stream => stream.Write(GreyMp4.Write(order.Width, order.Height, fps, order.Excerpt.Length, order.Format == "mov"))));
    }

    public Task<IReadOnlyList<Segment>> Transcript(OpenSource source, Action<double> progress, CancellationToken cancellationToken) =>
        Task.FromResult(Evenly(source, SentenceLength, number => $"This is sentence {number} of a simulated transcript.", 0.5));

    public Task<IReadOnlyList<Segment>> Chapters(OpenSource source, Action<double> progress, CancellationToken cancellationToken) =>
        Task.FromResult(Evenly(source, Length(source) / 3, number => $"Chapter {number}", null));

    /// <summary>The length of a source; one minute if it is unknown.</summary>
    public static TimeSpan Length(OpenSource source) => source.Media.Duration ?? TimeSpan.FromMinutes(1);

    private static IReadOnlyList<Segment> Evenly(OpenSource source, TimeSpan wish, Func<int, string> text, double? confidence)
    {
        var length = Length(source).TotalSeconds;
        var count = Math.Clamp((int)Math.Round(length / wish.TotalSeconds), 1, 1000);
        return [.. Enumerable.Range(0, count).Select(index => new Segment(
            Math.Round(length * index / count, 3), Math.Round(length * (index + 1) / count, 3), text(index + 1), confidence))];
    }

    private string Blob(string name, Action<Stream> write)
    {
        if (File.Exists(directory.Blob(name)))
            return name;

        var work = directory.NewWorkFile();
        using (var stream = new BufferedStream(File.Create(work), 64 * 1024))
            write(stream);
        File.Move(work, directory.Blob(name), overwrite: true);
        return name;
    }
}
