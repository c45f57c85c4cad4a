using System.Globalization;

namespace Podcast.Media;

/// <summary>Subtitle text between two times, in seconds.</summary>
/// <param name="Spoken">The words, split by speaker; empty for a cue without words.</param>
internal sealed record Cue(double Start, double End, IReadOnlyList<Speech> Spoken);

/// <summary>The cues of subtitles, in the order of the file.</summary>
internal sealed class Cues
{
    private readonly List<Cue> all = [];

    public IReadOnlyList<Cue> All => all;

    public SkippedCues LeftOut { get; } = new("cues");

    /// <param name="content">WebVTT or SRT.</param>
    public static Cues Read(OutputText content) =>
        content.Form == TextForm.WebVtt ? WebVtt.Read(content.Text) : Srt.Read(content.Text);

    /// <summary>Splits a file into rows. Only CR and LF end a row; a form feed, for example, does not.</summary>
    public static string[] Rows(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    /// <param name="times">
    /// Its groups are <c>h1</c>, <c>m1</c>, <c>s1</c>, <c>f1</c> of the start and <c>h2</c> … of the end.
    /// </param>
    public void Add(Match times, IReadOnlyList<Speech> spoken) => all.Add(new Cue(Seconds(times, '1'), Seconds(times, '2'), spoken));

    private static double Seconds(Match times, char which)
    {
        return (((Number("h") * 60) + Number("m")) * 60) + Number("s") + Number("f", point: ".");

        double Number(string unit, string point = "") =>
            double.Parse($"0{point}{times.Groups[unit + which]}", CultureInfo.InvariantCulture);
    }
}
