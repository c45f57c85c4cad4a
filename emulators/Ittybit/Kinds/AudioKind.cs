using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Ittybit.MediaWork.Simulated;

namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>The sound of the source: by ffmpeg in four formats, or simulated as a silent MP3.</summary>
internal sealed class AudioKind(Ffmpeg ffmpeg, OutputFiles outputs) : TaskKind("audio", outputs)
{
    public override IReadOnlyList<OptionRule> Options { get; } =
    [
        OptionRule.OneOf("format", "mp3", "aac", "wav", "flac"), OptionRule.Between("bitrate", 32_000, 320_000),
        OptionRule.Between("channels", 1, 2), .. OptionRule.Excerpt,
    ];

    protected override bool NeedsSound => true;

    protected override bool HasRate => true;

    public override Task<string?> Obstacle() => ffmpeg.Obstacle("libmp3lame");

    protected override async Task<StoredFile> Make(Job job)
    {
        var format = job.Options.Text("format") ?? "mp3";
        if (!job.IsReal && format != "mp3")
            throw new TaskProblem("format_unsupported: sound is simulated here, and only as mp3.");

        var channels = job.Options.Integer("channels") ?? 2;
        var excerpt = job.Excerpt();
        var blob = job.IsReal
            ? await ffmpeg.Encode(job, excerpt, Arguments(format, job.Options.Integer("bitrate") ?? 128_000, channels))
            : Outputs.Simulated(
                job.Task, string.Create(CultureInfo.InvariantCulture, $"silence-{excerpt.Length.TotalMilliseconds:0}-{channels}.mp3"),
                (stream, filling) => SilentMp3.Write(stream, excerpt.Length, channels, filling?.Fillers));

        var file = format switch
        {
            "mp3" => Outputs.Describe(job.Task, "source", "audio/mpeg", format, blob),
            "aac" => Outputs.Describe(job.Task, "source", "audio/mp4", format, blob, "m4a"),
            _ => Outputs.Describe(job.Task, "source", "audio/" + format, format, blob),
        };
        return await Outputs.Measure(file, excerpt.Length, job.CancellationToken);
    }

    private static string[] Arguments(string format, int bitrate, int channels)
    {
        string[] encoder = format switch
        {
            "mp3" => ["-c:a", "libmp3lame", "-b:a", $"{bitrate}", "-f", "mp3"],
            "aac" => ["-c:a", "aac", "-b:a", $"{bitrate}", "-movflags", "+faststart", "-f", "mp4"],
            "wav" => ["-c:a", "pcm_s16le", "-f", "wav"],
            _ => ["-c:a", "flac", "-f", "flac"],
        };
        return ["-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", $"{channels}", "-ar", "44100", .. encoder];
    }
}
