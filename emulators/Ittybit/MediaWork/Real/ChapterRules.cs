namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>Where a chapter begins: where the picture changes while nobody speaks; else where only one of the two happens.</summary>
internal static class ChapterRules
{
    /// <summary>A scene may be this far from the silence it belongs to, in seconds.</summary>
    private const double Slack = 0.5;

    public static IReadOnlyList<Segment> Decide(IReadOnlyList<double> scenes, IReadOnlyList<Silence> silences, double length)
    {
        var both = scenes.Where(scene => silences.Any(silence => scene >= silence.Start - Slack && scene <= silence.End + Slack)).ToList();
        var starts = both.Count > 0 ? both : scenes.Count > 0 ? scenes : silences.Select(silence => silence.End).ToList();
        return Cut(starts, length);
    }

    /// <summary>No chapter is shorter than a twelfth of the whole, within 3 s and 60 s; the first begins at 0, the last ends at the end.</summary>
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
