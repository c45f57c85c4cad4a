namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>
/// Decides where chapters start: at scene changes during a silence; if there are none, at scene changes or else at silences.
/// </summary>
internal static class ChapterRules
{
    /// <summary>The maximum distance between a scene change and its silence, in seconds.</summary>
    private const double Slack = 0.5;

    public static IReadOnlyList<Segment> Decide(IReadOnlyList<double> scenes, IReadOnlyList<Silence> silences, double length)
    {
        var both = scenes.Where(scene => silences.Any(silence => scene >= silence.Start - Slack && scene <= silence.End + Slack)).ToList();
        var starts = both.Count > 0 ? both : scenes.Count > 0 ? scenes : silences.Select(silence => silence.End).ToList();
        return Cut(starts, length);
    }

    /// <summary>
    /// Cuts the source into chapters. The minimum length is a twelfth of the source, but at least 3 s and at most 60 s.
    /// </summary>
    private static List<Segment> Cut(IEnumerable<double> starts, double length)
    {
        var shortest = Math.Clamp(length / 12, 3, 60);
        var kept = new List<double> { 0 };
        foreach (var start in starts.Order())
        {
            if (start - kept[^1] >= shortest && length - start >= shortest)
                kept.Add(start);
        }

        return [.. kept.Select((start, index) => new Segment(
            Math.Round(start, 3), Math.Round(index + 1 < kept.Count ? kept[index + 1] : length, 3), $"Chapter {index + 1}"))];
    }
}

/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
internal sealed record Silence(double Start, double End);
