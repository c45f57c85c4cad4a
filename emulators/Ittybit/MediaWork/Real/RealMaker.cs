namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Makes media with ffmpeg, and transcripts with pocketsphinx.</summary>
internal sealed class RealMaker(Ffmpeg ffmpeg, Transcriber transcriber, ChapterFinder chapterFinder, EmulatorDirectory directory) : IMediaMaker
{
    public Task<string> Audio(OpenSource source, AudioOrder order, Action<double> progress, CancellationToken cancellationToken)
    {
        string[] encoder = order.Format switch
        {
            "mp3" => ["-c:a", "libmp3lame", "-b:a", Number(order.Bitrate), "-f", "mp3"],
            "aac" => ["-c:a", "aac", "-b:a", Number(order.Bitrate), "-movflags", "+faststart", "-f", "mp4"],
            "wav" => ["-c:a", "pcm_s16le", "-f", "wav"],
            _ => ["-c:a", "flac", "-f", "flac"],
        };
        string[] arguments = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", Number(order.Channels), "-ar", "44100", .. encoder];
        return Encode(source, order.Excerpt, arguments, progress, cancellationToken);
    }

    /// <summary>
    /// Scales the picture to fit and letterboxes it. Uses preset ultrafast, because quality does not matter here.
    /// </summary>
    public Task<string> Video(OpenSource source, VideoOrder order, Action<double> progress, CancellationToken cancellationToken)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{order.Width}:{order.Height}");
        var filters = $"scale={size}:force_original_aspect_ratio=decrease,pad={size}:(ow-iw)/2:(oh-ih)/2,setsar=1";
        if (order.Fps is { } fps)
            filters += string.Create(CultureInfo.InvariantCulture, $",fps={fps}");

        string[] rate = order.Bitrate is { } bitrate
            ? ["-b:v", Number(bitrate), "-maxrate", Number(bitrate), "-bufsize", Number(2L * bitrate)]
            : ["-crf", Crf(order.Quality)];
        string[] arguments =
        [
            "-map", "0:v:0", "-map", "0:a:0?", "-vf", filters, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", .. rate,
            "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", order.Format,
        ];
        return Encode(source, order.Excerpt, arguments, progress, cancellationToken);
    }

    public Task<IReadOnlyList<Segment>> Transcript(OpenSource source, Action<double> progress, CancellationToken cancellationToken) =>
        transcriber.Transcribe(source, progress, cancellationToken);

    public Task<IReadOnlyList<Segment>> Chapters(OpenSource source, Action<double> progress, CancellationToken cancellationToken) =>
        chapterFinder.Find(source, progress, cancellationToken);

    private async Task<string> Encode(
        OpenSource source, Excerpt excerpt, string[] arguments, Action<double> progress, CancellationToken cancellationToken)
    {
        var work = directory.NewWorkFile();
        try
        {
            await ffmpeg.Run(source, excerpt, [.. arguments, "file:" + work], progress, cancellationToken);
            var blob = NewId.File();
            File.Move(work, directory.Blob(blob));
            return blob;
        }
        finally
        {
            File.Delete(work);
        }
    }

    private static string Crf(string quality) => quality switch
    {
        "very_low" => "36",
        "low" => "30",
        "high" => "20",
        "very_high" => "17",
        _ => "24",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
