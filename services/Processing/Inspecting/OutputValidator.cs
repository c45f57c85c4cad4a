using System.Globalization;

namespace Podcast.Processing.Inspecting;

/// <summary>Returns why an output cannot be used as it is, or null. Unknown facts are no objection.</summary>
internal static class OutputValidator
{
    /// <param name="source">The duration of the source in seconds, or null.</param>
    public static string? Validate(OutputFacts facts, double? source, InspectionOptions options)
    {
        if (facts.Bytes == 0)
            return "empty";
        if (facts.Content is { } content && !Fits(facts.Kind, content))
            return $"not what it should be, but {content.Name}";
        if (facts.Type is { Length: > 0 } type && IsInDoubt(facts) && Contradicts(facts, type))
            return $"of type {type}";

        return facts.Kind switch
        {
            TaskKind.AudioExtraction or TaskKind.VideoTranscode => ObjectToLength(facts.Seconds, source, options),
            TaskKind.ChapterDetection => ObjectToChapters(facts.Chapters, source, options),
            _ => null, // a transcript is validated when it is collected
        };
    }

    private static bool Fits(TaskKind kind, SniffedContent content) => kind switch
    {
        TaskKind.AudioExtraction => content.Nature is ContentNature.Audio or ContentNature.AudioOrVideo,
        TaskKind.VideoTranscode => content.Nature is ContentNature.Video or ContentNature.AudioOrVideo,
        _ => content.Nature is ContentNature.Text or ContentNature.Unknown,
    };

    /// <summary>True if the first bytes do not determine the content; only then is the label checked.</summary>
    private static bool IsInDoubt(OutputFacts facts) => facts.Content?.Nature is null or ContentNature.AudioOrVideo;

    private static bool Contradicts(OutputFacts facts, string type)
    {
        // A container's first bytes do not say whether it holds video, but exclude MP3.
        if (facts.Content is not null)
            return facts.Kind == TaskKind.AudioExtraction ? IsOf("video/") || IsOf("audio/mpeg") || IsOf("audio/mp3") : IsOf("audio/");

        return IsOf("image/") || facts.Kind switch
        {
            TaskKind.AudioExtraction => IsOf("video/") || IsOf("text/"),
            TaskKind.VideoTranscode => IsOf("audio/") || IsOf("text/"),
            _ => IsOf("audio/") || IsOf("video/"),
        };

        bool IsOf(string family) => type.StartsWith(family, StringComparison.OrdinalIgnoreCase);
    }

    private static string? ObjectToLength(double? made, double? source, InspectionOptions options)
    {
        if (made is not > 0 || source is not > 0)
            return null; // unknown duration

        var (seconds, expected) = (made.Value, source.Value);
        return Math.Abs(seconds - expected) <= Tolerance(expected, options)
            ? null
            : $"{Written(seconds)} s long, the source has {Written(expected)} s";
    }

    private static string? ObjectToChapters(IReadOnlyList<Chapter>? chapters, double? source, InspectionOptions options)
    {
        if (chapters is null)
            return null;
        if (chapters.Count == 0)
            return "no chapters in it";

        return source is > 0 and var end && chapters[^1].Start is var start && start > end + Tolerance(end, options)
            ? $"chapter {chapters.Count} begins at {Written(start)} s, the source has {Written(end)} s"
            : null;
    }

    private static double Tolerance(double source, InspectionOptions options) =>
        Math.Max(options.ToleranceSeconds, source * options.TolerancePercent / 100);

    private static string Written(double seconds) => Math.Round(seconds, 1).ToString(CultureInfo.InvariantCulture);
}
