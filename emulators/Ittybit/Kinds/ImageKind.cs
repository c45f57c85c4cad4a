using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Ittybit.MediaWork.Simulated;

namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>One picture of the source, at <c>start</c>: by ffmpeg as JPEG or PNG, or simulated as a grey JPEG.</summary>
internal sealed class ImageKind(Ffmpeg ffmpeg, OutputFiles outputs) : TaskKind("image", outputs)
{
    public override IReadOnlyList<OptionRule> Options { get; } =
    [
        OptionRule.OneOf("format", "jpeg", "png"), OptionRule.Between("width", 16, 4096), OptionRule.Between("height", 16, 2304),
        OptionRule.Between("start", 0, 1_000_000),
    ];

    protected override bool NeedsPicture => true;

    public override Task<string?> Obstacle() => ffmpeg.Obstacle("mjpeg");

    protected override async Task<StoredFile> Make(Job job)
    {
        var format = job.Options.Text("format") ?? "jpeg";
        if (!job.IsReal && format != "jpeg")
            throw new TaskProblem("format_unsupported: images are simulated here, and only as jpeg.");

        var (width, height) = PictureSize.Of(job.Options, job.Source.Media);
        var excerpt = job.Excerpt();
        string[] encoder = format == "png" ? ["-c:v", "png"] : ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"];
        var blob = job.IsReal
            ? await ffmpeg.Encode(job, excerpt,
                ["-map", "0:v:0", "-frames:v", "1", "-vf", PictureSize.Fitted(width, height), .. encoder, "-f", "image2pipe"])
            : Outputs.Shared($"grey-{width}x{height}.jpeg", stream => GreyJpeg.Write(stream, width, height));
        return Outputs.Describe(job.Task, "source", $"image/{format}", format, blob) with { Width = width, Height = height };
    }
}
