using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Ittybit.MediaWork.Simulated;

namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>The source as H.264 in the requested size: by ffmpeg, or simulated as a grey picture.</summary>
internal sealed class VideoKind(Ffmpeg ffmpeg, OutputFiles outputs) : TaskKind("video", outputs)
{
    public override IReadOnlyList<OptionRule> Options { get; } =
    [
        OptionRule.OneOf("format", "mp4", "mov"), OptionRule.OneOf("codec", "h264"),
        OptionRule.OneOf("quality", "very_low", "low", "medium", "high", "very_high"),
        OptionRule.Between("width", 16, 4096), OptionRule.Between("height", 16, 2304), OptionRule.Between("fps", 1, 60),
        OptionRule.Between("bitrate", 300_000, 60_000_000), .. OptionRule.Excerpt,
    ];

    protected override bool NeedsPicture => true;

    protected override bool HasRate => true;

    public override Task<string?> Obstacle() => ffmpeg.Obstacle("libx264");

    protected override async Task<StoredFile> Make(Job job)
    {
        var format = job.Options.Text("format") ?? "mp4";
        var (width, height) = PictureSize.Of(job.Options, job.Source.Media);
        var excerpt = job.Excerpt();
        var blob = job.IsReal
            ? await ffmpeg.Encode(job, excerpt, Arguments(job.Options, format, width, height))
            : Outputs.Simulated(
                job.Task,
                string.Create(CultureInfo.InvariantCulture, $"grey-{excerpt.Length.TotalMilliseconds:0}-{width}x{height}.{format}"),
                (stream, filling) =>
                {
                    var clip = GreyMp4.Write(width, height, excerpt.Length, format == "mov");
                    stream.Write(clip);
                    if (filling is var (fillers, bytes))
                        stream.Write(GreyMp4.FreeSpace(Math.Max(bytes - clip.Length, 64), fillers));
                });

        var file = Outputs.Describe(job.Task, "source", format == "mov" ? "video/quicktime" : "video/mp4", format, blob);
        return await Outputs.Measure(file with { Fps = job.Options.Number("fps") }, excerpt.Length, job.CancellationToken);
    }

    /// <summary>The preset is ultrafast: quality does not matter here.</summary>
    private static string[] Arguments(TaskOptions options, string format, int width, int height)
    {
        var filters = PictureSize.Fitted(width, height);
        if (options.Number("fps") is { } fps)
            filters += string.Create(CultureInfo.InvariantCulture, $",fps={fps}");

        string[] rate = options.Integer("bitrate") is { } bitrate
            ? ["-b:v", $"{bitrate}", "-maxrate", $"{bitrate}", "-bufsize", $"{2L * bitrate}"]
            : ["-crf", Crf(options.Text("quality"))];
        return
        [
            "-map", "0:v:0", "-map", "0:a:0?", "-vf", filters, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", .. rate,
            "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", format,
        ];
    }

    private static string Crf(string? quality) => quality switch
    {
        "very_low" => "36",
        "low" => "30",
        "high" => "20",
        "very_high" => "17",
        _ => "24",
    };
}
