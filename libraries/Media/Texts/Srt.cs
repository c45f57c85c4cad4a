namespace Podcast.Media;

/// <summary>
/// Reads SRT, which has no specification, as leniently as players do: numbers, hours, milliseconds and empty rows are optional;
/// comma or dot; text may follow the times. All rows between two timing rows are the text of the first.
/// </summary>
internal static partial class Srt
{
    private const string Time = @"(?:(?<h>[0-9]+):|(?<h>))(?<m>[0-9]+):(?<s>[0-9]+)(?:[,.:]\s?(?<f>[0-9]+)|(?<f>))";

    public static bool Is(string text) => Beginning().IsMatch(text);

    public static List<Cue> Read(string text, SkippedParts skipped)
    {
        var cues = new List<Cue>();
        var rows = Cue.Rows(text.Replace("\uFEFF", "", StringComparison.Ordinal)); // of concatenated files
        var timings = Enumerable.Range(0, rows.Length).Where(row => IsTiming(rows, row)).ToArray();
        var isNumbered = timings.Length > 0 && rows[..timings[0]].Any(Number().IsMatch);
        foreach (var (timing, next) in timings.Zip(timings.Skip(1).Append(rows.Length)))
        {
            var words = rows[(timing + 1)..next];
            if (next < rows.Length)
                words = WithoutNumber(words, isNumbered);
            if (Timing().Match(rows[timing]) is { Success: true } times)
                cues.Add(Cue.Of(times, CueText.Read(string.Join('\n', words), CueText.KnownTag())));
            else
                skipped.Add("times that cannot be read");
        }

        return cues;
    }

    private static bool IsTiming(string[] rows, int row) =>
        rows[row].Contains("-->", StringComparison.Ordinal)
        && (Timing().IsMatch(rows[row]) || OddTiming().IsMatch(rows[row]) || (row > 0 && Number().IsMatch(rows[row - 1])));

    /// <summary>The rows of a cue without the number of the next cue, which may follow without an empty row.</summary>
    private static string[] WithoutNumber(string[] words, bool isNumbered)
    {
        var last = Array.FindLastIndex(words, row => !string.IsNullOrWhiteSpace(row));
        return last >= 0 && Number().IsMatch(words[last]) && (isNumbered || (last > 0 && string.IsNullOrWhiteSpace(words[last - 1])))
            ? words[..last]
            : words;
    }

    [GeneratedRegex(@"\A(?>[0-9]+[ \t]*[\r\n]\s*)?[-+]?[0-9]+:[0-9][^\r\n]*-->")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"^\s*[0-9]+\s*$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*" + Time + @"\s*-->\s*" + Time + @"(?:\s|$)")]
    private static partial Regex Timing();

    // Text may contain an arrow; only at the place of a timing row is it a timing with invalid times.
    [GeneratedRegex(@"^\s*[-+]?[0-9]+:[0-9].*-->|^\s*\S*\s*-->\s*[-+]?[0-9]+:[0-9][0-9:.,]*\s*$")]
    private static partial Regex OddTiming();
}
