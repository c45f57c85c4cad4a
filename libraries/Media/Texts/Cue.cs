using System.Globalization;

namespace Podcast.Media;

/// <summary>Subtitle text between two times, in seconds, split by speaker; there are cues without words.</summary>
internal sealed record Cue(double Start, double End, IReadOnlyList<Speech> Spoken)
{
    /// <param name="times">Captured <c>h</c>, <c>m</c>, <c>s</c> and the fraction <c>f</c> of both times; some empty.</param>
    public static Cue Of(Match times, IReadOnlyList<Speech> spoken) => new(Seconds(times, 0), Seconds(times, 1), spoken);

    /// <summary>The cues of WebVTT or SRT, in the order of the file.</summary>
    public static List<Cue> Read(OutputText content, SkippedParts skipped) =>
        content.Form == TextForm.WebVtt ? WebVtt.Read(content.Text, skipped) : Srt.Read(content.Text, skipped);

    /// <summary>Splits a file into rows. Only CR and LF end a row; a form feed, for example, does not.</summary>
    public static string[] Rows(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static double Seconds(Match times, int which)
    {
        return (((Number("h") * 60) + Number("m")) * 60) + Number("s") + Number("f", before: "0.");

        double Number(string unit, string before = "") => times.Groups[unit].Captures[which].ValueSpan is { IsEmpty: false } digits
            ? double.Parse(before.Length == 0 ? digits : string.Concat(before, digits), CultureInfo.InvariantCulture)
            : 0;
    }
}

/// <summary>Why parts of a file were skipped, so that one bad cue does not reject the file.</summary>
/// <param name="things">The parts, for people: <c>cues</c>, <c>lines</c>, <c>chapters</c>.</param>
internal sealed class SkippedParts(string things) : List<string>
{
    /// <summary>One sentence for people; null if nothing was skipped.</summary>
    public string? Note(int kept)
    {
        var reasons = this.CountBy(reason => reason)
            .Select(counted => counted.Value > 1 ? $"{counted.Key} ({counted.Value} times)" : counted.Key);
        return Count == 0 ? null : $"Left out {Count} of {Count + kept} {things}: {string.Join(", ", reasons)}.";
    }
}
