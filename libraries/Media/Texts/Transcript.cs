namespace Podcast.Media;

/// <summary>A valid transcript: it has words, and its lines, if any, are in order of time.</summary>
/// <param name="Note">What was skipped or odd, as text for people; null if nothing was.</param>
public sealed record Transcript(string Text, string? Language, IReadOnlyList<TranscriptLine> Lines, string? Note)
{
    // A week: longer than any episode; times in milliseconds exceed it.
    private const double LastSecond = 7 * 24 * 3600;
    private const string TooLate = "a time beyond a week";
    private const int LongestLanguage = 35;

    /// <summary>Sorts the lines and skips invalid ones.</summary>
    /// <param name="leftOut">The lines that were skipped before.</param>
    /// <exception cref="OutputException">Nothing is left; the reason is for people.</exception>
    internal static Transcript Of(string? text, string? language, IReadOnlyList<TranscriptLine> lines, SkippedCues leftOut)
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

        // A single line beyond a week is an error of that line. If there are more of them than good lines, all times are in
        // milliseconds, and the good lines are only those whose milliseconds are below a week in seconds.
        var note = leftOut.Note(inOrder.Length);
        if (note is not null && (words.Length == 0 || late > inOrder.Length))
            throw new OutputException($"The transcript makes no sense. {note}", transient: false);

        return words.Length > 0
            ? new(words, language is { Length: > 0 and <= LongestLanguage } ? language : null, inOrder, note)
            : throw new OutputException("The transcript is empty.", transient: false);
    }

    /// <summary>The approximate size of its message in bytes.</summary>
    public long Bytes => Encoding.UTF8.GetByteCount(Text) + Lines.Sum(line => 150L + Encoding.UTF8.GetByteCount(line.Text));

    private static string? Objection(TranscriptLine line) =>
        !(line.Start >= 0 && line.End >= 0) ? "a time before the beginning"
        : !(line.Start <= LastSecond && line.End <= LastSecond) ? TooLate
        : line.End < line.Start ? "an end before its start"
        : null;

    /// <summary>
    /// Removes control characters other than line ends and tabs, which are invisible and rejected by some databases.
    /// </summary>
    private static string Words(string? text) =>
        text is null ? "" : string.Concat(text.Where(character => character is '\n' or '\t' || !char.IsControl(character))).Trim();
}
