using System.Text;
using Podcast.Contracts;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Transcripts;

/// <summary>A transcript that makes sense: it has words, and its lines, if it has any, rise in time.</summary>
internal sealed record Transcript(string Text, string? Language, IReadOnlyList<TranscriptLine> Lines)
{
    // A week: longer than any episode, and what milliseconds taken for seconds exceed.
    private const double LastSecond = 7 * 24 * 3600;
    private const int LongestLanguage = 35;

    /// <summary>Puts the lines in order; refuses what is empty or cannot be.</summary>
    /// <exception cref="OutputException">With the reason, for people.</exception>
    public static Transcript Of(string? text, string? language, IReadOnlyList<TranscriptLine> lines)
    {
        for (var number = 1; number <= lines.Count; number++)
            Check(lines[number - 1], number);

        TranscriptLine[] inOrder =
        [
            .. lines.Select(line => line with { Text = Words(line.Text) }).Where(line => line.Text.Length > 0).OrderBy(line => line.Start),
        ];
        var words = Words(text);
        if (words.Length == 0)
            words = string.Join('\n', inOrder.Select(line => line.Text));

        return words.Length > 0
            ? new(words, language is { Length: > 0 and <= LongestLanguage } ? language : null, inOrder)
            : throw new OutputException("The transcript is empty.", transient: false);
    }

    /// <summary>About how many bytes its message has.</summary>
    public long Bytes => Encoding.UTF8.GetByteCount(Text) + Lines.Sum(line => 150L + Encoding.UTF8.GetByteCount(line.Text));

    private static void Check(TranscriptLine line, int number)
    {
        if (!(line.Start >= 0 && line.End >= 0))
            throw Nonsense(number, "has a time before the beginning");
        if (!(line.Start <= LastSecond && line.End <= LastSecond))
            throw Nonsense(number, "has a time beyond a week");
        if (line.End < line.Start)
            throw Nonsense(number, "ends before it begins");
    }

    private static OutputException Nonsense(int number, string what) =>
        new(FormattableString.Invariant($"Line {number} of the transcript {what}."), transient: false);

    /// <summary>Without what no reader sees and some databases refuse: control characters other than line ends and tabs.</summary>
    private static string Words(string? text) =>
        text is null ? "" : string.Concat(text.Where(character => character is '\n' or '\t' || !char.IsControl(character))).Trim();
}
