using System.Text;
using Podcast.Contracts;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Transcripts;

/// <summary>A transcript that makes sense: it has words, and its lines, if it has any, rise in time.</summary>
/// <param name="Note">What was left out or odd, for people; null when nothing was.</param>
internal sealed record Transcript(string Text, string? Language, IReadOnlyList<TranscriptLine> Lines, string? Note)
{
    // A week: longer than any episode, and what milliseconds taken for seconds exceed.
    private const double LastSecond = 7 * 24 * 3600;
    private const string TooLate = "a time beyond a week";
    private const int LongestLanguage = 35;

    /// <summary>Puts the lines in order and leaves out those that cannot be.</summary>
    /// <param name="leftOut">What was left out before.</param>
    /// <exception cref="OutputException">Nothing is left; the reason is for people.</exception>
    public static Transcript Of(string? text, string? language, IReadOnlyList<TranscriptLine> lines, SkippedCues leftOut)
    {
        var (good, late) = (new List<TranscriptLine>(), 0);
        foreach (var line in lines.Select(line => line with { Text = Words(line.Text) }).Where(line => line.Text.Length > 0))
        {
            if (Objection(line) is not { } objection)
            {
                good.Add(line);
                continue;
            }

            leftOut.Add(objection);
            late += objection == TooLate ? 1 : 0;
        }

        TranscriptLine[] inOrder = [.. good.OrderBy(line => line.Start)];
        var words = Words(text);
        if (words.Length == 0)
            words = string.Join('\n', inOrder.Select(line => line.Text));

        // One line beyond a week is a slip; more of them than good lines are times in milliseconds, of which the first pass for seconds.
        var note = leftOut.Note(inOrder.Length);
        if (note is not null && (words.Length == 0 || late > inOrder.Length))
            throw new OutputException($"The transcript makes no sense. {note}", transient: false);

        return words.Length > 0
            ? new(words, language is { Length: > 0 and <= LongestLanguage } ? language : null, inOrder, note)
            : throw new OutputException("The transcript is empty.", transient: false);
    }

    /// <summary>About how many bytes its message has.</summary>
    public long Bytes => Encoding.UTF8.GetByteCount(Text) + Lines.Sum(line => 150L + Encoding.UTF8.GetByteCount(line.Text));

    private static string? Objection(TranscriptLine line) =>
        !(line.Start >= 0 && line.End >= 0) ? "a time before the beginning"
        : !(line.Start <= LastSecond && line.End <= LastSecond) ? TooLate
        : line.End < line.Start ? "an end before its start"
        : null;

    /// <summary>Without what no reader sees and some databases refuse: control characters other than line ends and tabs.</summary>
    private static string Words(string? text) =>
        text is null ? "" : string.Concat(text.Where(character => character is '\n' or '\t' || !char.IsControl(character))).Trim();
}
