using System.Text.RegularExpressions;

namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>
/// Finds silences and scene changes with ffmpeg in one pass, from which <see cref="ChapterRules"/> derives the chapters.
/// </summary>
internal sealed partial class ChapterFinder(Ffmpeg ffmpeg)
{
    public async Task<IReadOnlyList<Segment>> Find(OpenSource source, Action<double> progress, CancellationToken cancellationToken)
    {
        List<double> scenes = [];
        List<Silence> silences = [];
        double? silentSince = null;

        string[] picture = source.Media.HasVideo ? ["-map", "0:v:0", "-vf", "scale=160:-2,select='gt(scene,0.25)',showinfo"] : [];
        string[] sound = source.Media.HasAudio ? ["-map", "0:a:0", "-af", "silencedetect=noise=-35dB:d=0.6"] : [];
        await ffmpeg.Run(source, null, [.. picture, .. sound, "-f", "null", "-"], progress, cancellationToken, Report);

        var length = source.Media.Duration?.TotalSeconds ?? Math.Max(scenes.LastOrDefault(), silences.LastOrDefault()?.End ?? 0);
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
        pattern.Match(line) is { Success: true } match
        && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\[Parsed_showinfo.* pts_time:\s*([\d.]+)")]
    private static partial Regex Scene();

    [GeneratedRegex(@"silence_start: (-?[\d.]+)")]
    private static partial Regex SilenceStart();

    [GeneratedRegex(@"silence_end: ([\d.]+)")]
    private static partial Regex SilenceEnd();
}
