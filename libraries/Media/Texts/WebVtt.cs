namespace Podcast.Media;

/// <summary>Reads WebVTT by the W3C's parsing algorithm (w3.org/TR/webvtt1, section 6.1).</summary>
internal static partial class WebVtt
{
    private const string Time = @"(?:(?<h>[0-9]+):|(?<h>))(?<m>[0-5][0-9]):(?<s>[0-5][0-9])\.(?<f>[0-9]{3})";

    public static bool Is(string text) => Signature().IsMatch(text);

    public static List<Cue> Read(string text, SkippedParts skipped)
    {
        var cues = new List<Cue>();
        var rows = Cue.Rows(text.Replace('\0', '\uFFFD'));
        var row = EndOfBlock(rows, 1); // the header
        while ((row = Array.FindIndex(rows, row, other => other.Length > 0)) >= 0)
        {
            // A block is times, or an identifier and times, and then all rows until an empty one or the next times.
            var timing = !HasArrow(rows[row]) && row + 1 < rows.Length && HasArrow(rows[row + 1]) ? row + 1 : row;
            var end = EndOfBlock(rows, timing + 1);
            if (Timing().Match(rows[timing]) is { Success: true } times)
                cues.Add(Cue.Of(times, CueText.Read(string.Join('\n', rows[(timing + 1)..end]), CueText.AnyTag())));
            else if (!Comment().IsMatch(rows[row]))
                skipped.Add(HasArrow(rows[timing]) ? "times that cannot be read" : "text without times");
            row = end;
        }

        return cues;
    }

    private static int EndOfBlock(string[] rows, int row) =>
        Array.FindIndex(rows, row, other => other.Length == 0 || HasArrow(other)) is >= 0 and var end ? end : rows.Length;

    private static bool HasArrow(string row) => row.Contains("-->", StringComparison.Ordinal);

    [GeneratedRegex(@"\AWEBVTT(?:[ \t\r\n]|\z)")]
    private static partial Regex Signature();

    [GeneratedRegex(@"^[ \t\f]*" + Time + @"[ \t\f]*-->[ \t\f]*" + Time + "(?![0-9])")]
    private static partial Regex Timing();

    [GeneratedRegex(@"^(?:NOTE|STYLE|REGION)(?:\s|$)")]
    private static partial Regex Comment();
}
