using System.Text.RegularExpressions;
using Podcast.Emulators.Ittybit.MediaWork.Real;

namespace Podcast.Emulators.Ittybit.Kinds;

/// <summary>
/// The chapters as VTT, SRT or JSON: from the silences and scene changes that ffmpeg finds (<see cref="ChapterRules"/>), or
/// three simulated ones.
/// </summary>
internal sealed partial class ChaptersKind(Ffmpeg ffmpeg, OutputFiles outputs) : TaskKind("chapters", outputs)
{
    public override IReadOnlyList<OptionRule> Options { get; } = [OptionRule.OneOf("format", "vtt", "srt", "json")];

    public override Task<string?> Obstacle() => ffmpeg.Obstacle();

    protected override async Task<StoredFile> Make(Job job)
    {
        var chapters = job.Spoil(job.IsReal ? await Find(job) : job.Evenly(job.Length / 3, number => $"Chapter {number}"));
        var (type, format, text) = job.Options.Text("format") switch
        {
            "json" => ("application/json", "json", TimedText.ChaptersAsJson(chapters)),
            "srt" => ("application/x-subrip", "srt", TimedText.ChaptersAsSrt(chapters)),
            _ => ("text/vtt", "vtt", TimedText.ChaptersAsVtt(chapters)),
        };
        return Outputs.Describe(job.Task, "track", type, format, Outputs.Text(text)) with { Duration = job.Seconds, Chapters = chapters };
    }

    private async Task<IReadOnlyList<Segment>> Find(Job job)
    {
        List<double> scenes = [];
        List<Silence> silences = [];
        double? silentSince = null;

        var media = job.Source.Media;
        string[] picture = media.HasVideo ? ["-map", "0:v:0", "-vf", "scale=160:-2,select='gt(scene,0.25)',showinfo"] : [];
        string[] sound = media.HasAudio ? ["-map", "0:a:0", "-af", "silencedetect=noise=-35dB:d=0.6"] : [];
        await ffmpeg.Run(job, null, [.. picture, .. sound, "-f", "null", "-"], job.Progress, Report);

        var length = media.Duration?.TotalSeconds ?? Math.Max(scenes.LastOrDefault(), silences.LastOrDefault()?.End ?? 0);
        return ChapterRules.Decide(scenes, silences, length);

        void Report(string line)
        {
            if (Number(Scene(), line) is { } scene)
                scenes.Add(scene);
            else if (Number(SilenceStart(), line) is { } start)
                silentSince = Math.Max(0, start);
            else if (Number(SilenceEnd(), line) is { } end && silentSince is { } since)
                silences.Add(new Silence(since, end));
        }
    }

    private static double? Number(Regex pattern, string line) =>
        double.TryParse(pattern.Match(line).Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\[Parsed_showinfo.* pts_time:\s*([\d.]+)")]
    private static partial Regex Scene();

    [GeneratedRegex(@"silence_start: (-?[\d.]+)")]
    private static partial Regex SilenceStart();

    [GeneratedRegex(@"silence_end: ([\d.]+)")]
    private static partial Regex SilenceEnd();
}
