namespace Podcast.Media;

/// <summary>Reads WebVTT by the W3C's parsing algorithm (w3.org/TR/webvtt1, section 6.1).</summary>
internal static partial class WebVtt
{
    private const string Start = @"(?:(?<h1>[0-9]+):)?(?<m1>[0-5][0-9]):(?<s1>[0-5][0-9])\.(?<f1>[0-9]{3})";
    private const string End = @"(?:(?<h2>[0-9]+):)?(?<m2>[0-5][0-9]):(?<s2>[0-5][0-9])\.(?<f2>[0-9]{3})";

    /// <summary>True if the text begins with the signature.</summary>
    public static bool Is(string text) => Signature().IsMatch(text);

    public static Cues Read(string text)
    {
        var cues = new Cues();
        var rows = Cues.Rows(text.Replace('\0', '\uFFFD'));
        var row = EndOfBlock(rows, 1); // the header
        while (row < rows.Length)
        {
            if (rows[row].Length == 0)
            {
                row++;
                continue;
            }

            // A block is times, or an identifier and times, and then all rows until an empty one or the next times.
            var timing = row;
            if (!HasArrow(rows[row]) && row + 1 < rows.Length && HasArrow(rows[row + 1]))
                timing++;
            var end = EndOfBlock(rows, timing + 1);

            if (Timing().Match(rows[timing]) is { Success: true } times)
                cues.Add(times, CueText.OfWebVtt(string.Join('\n', rows[(timing + 1)..end])));
            else if (!Comment().IsMatch(rows[row]))
                cues.LeftOut.Add(HasArrow(rows[timing]) ? "times that cannot be read" : "text without times");
            row = end;
        }

        return cues;
    }

    private static int EndOfBlock(string[] rows, int row)
    {
        while (row < rows.Length && rows[row].Length > 0 && !HasArrow(rows[row]))
            row++;
        return row;
    }

    private static bool HasArrow(string row) => row.Contains("-->", StringComparison.Ordinal);

    [GeneratedRegex(@"\AWEBVTT(?:[ \t\r\n]|\z)")]
    private static partial Regex Signature();

    [GeneratedRegex(@"^[ \t\f]*" + Start + @"[ \t\f]*-->[ \t\f]*" + End + "(?![0-9])")]
    private static partial Regex Timing();

    [GeneratedRegex(@"^(?:NOTE|STYLE|REGION)(?:\s|$)")]
    private static partial Regex Comment();
}
