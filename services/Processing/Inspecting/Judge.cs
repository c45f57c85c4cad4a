using System.Globalization;
using Podcast.Contracts;

namespace Podcast.Processing.Inspecting;

/// <summary>Why an output cannot be used as it is. What nobody knows is no objection.</summary>
internal static class Judge
{
    /// <param name="source">The source's length in seconds, or null.</param>
    public static string? Object(Exhibit exhibit, double? source, InspectionOptions options)
    {
        if (exhibit.Bytes == 0)
            return "empty";
        if (exhibit.Type is { Length: > 0 } type && !IsExpected(exhibit.Kind, type))
            return $"of type {type}";

        return exhibit.Kind switch
        {
            TaskKind.AudioExtraction or TaskKind.VideoTranscode => ObjectToLength(exhibit.Seconds, source, options),
            TaskKind.ChapterDetection => ObjectToChapters(exhibit.Chapters, source, options),
            _ => null, // a transcript is judged when it is collected
        };
    }

    private static bool IsExpected(TaskKind kind, string type) => type switch
    {
        "application/octet-stream" or "binary/octet-stream" => true, // says nothing
        _ when kind == TaskKind.AudioExtraction => type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase),
        _ when kind == TaskKind.VideoTranscode => type.StartsWith("video/", StringComparison.OrdinalIgnoreCase),
        _ => !type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("image/", StringComparison.OrdinalIgnoreCase),
    };

    private static string? ObjectToLength(double? made, double? source, InspectionOptions options)
    {
        if (made <= 0)
            return "without length";
        if (made is not { } seconds || source is not { } expected)
            return null;

        return Math.Abs(seconds - expected) <= Tolerance(expected, options)
            ? null
            : $"{Written(seconds)} s long, the source has {Written(expected)} s";
    }

    private static string? ObjectToChapters(IReadOnlyList<double>? chapters, double? source, InspectionOptions options)
    {
        if (chapters is null)
            return null;
        if (chapters.Count == 0)
            return "no chapters in it";

        for (var number = 1; number <= chapters.Count; number++)
        {
            var start = chapters[number - 1];
            if (!(start >= 0))
                return $"chapter {number} begins before the beginning";
            if (number > 1 && start <= chapters[number - 2])
                return $"chapter {number} does not begin after the one before";
            if (source is { } end && start > end + Tolerance(end, options))
                return $"chapter {number} begins at {Written(start)} s, the source has {Written(end)} s";
        }

        return null;
    }

    private static double Tolerance(double source, InspectionOptions options) =>
        Math.Max(options.ToleranceSeconds, source * options.TolerancePercent / 100);

    private static string Written(double seconds) => Math.Round(seconds, 1).ToString(CultureInfo.InvariantCulture);
}
