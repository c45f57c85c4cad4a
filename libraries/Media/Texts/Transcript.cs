using System.Buffers;

namespace Podcast.Media;

/// <summary>A valid transcript: it has words, and its lines, if any, are in order of time.</summary>
/// <param name="Note">What was skipped or odd, as text for people; null if nothing was.</param>
public sealed record Transcript(string Text, string? Language, IReadOnlyList<TranscriptLine> Lines, string? Note)
{
    private const double LastSecond = 7 * 24 * 3600; // longer than any episode; times in milliseconds exceed it
    private const string TooLate = "a time beyond a week";
    private const int LongestLanguage = 35;

    private static readonly SearchValues<char> Invisible = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl).Except(['\n', '\t'])]);

    /// <summary>Sorts the lines and skips invalid ones.</summary>
    /// <param name="skipped">The lines that were skipped before.</param>
    /// <exception cref="OutputException">Nothing is left; the reason is for people.</exception>
    internal static Transcript Of(string? text, string? language, IEnumerable<TranscriptLine> lines, SkippedParts skipped)
    {
        TranscriptLine[] spoken = [.. lines.Select(line => line with { Text = Words(line.Text) }).Where(line => line.Text.Length > 0)];
        skipped.AddRange(spoken.Select(Objection).OfType<string>());
        TranscriptLine[] inOrder = [.. spoken.Where(line => Objection(line) is null).OrderBy(line => line.Start)];
        var words = Words(text) is { Length: > 0 } written ? written : string.Join('\n', inOrder.Select(line => line.Text));

        // A single line beyond a week is an error of that line. If there are more of them than good lines, all times are in
        // milliseconds, and the good lines are only those whose milliseconds are below a week in seconds.
        var note = skipped.Note(inOrder.Length);
        if (note is not null && (words.Length == 0 || skipped.Count(reason => reason == TooLate) > inOrder.Length))
            throw new OutputException($"The transcript makes no sense. {note}", transient: false);

        return words.Length > 0
            ? new(words, language is { Length: > 0 and <= LongestLanguage } ? language : null, inOrder, note)
            : throw new OutputException("The transcript is empty.", transient: false);
    }

    private static string? Objection(TranscriptLine line) =>
        !(line.Start >= 0 && line.End >= 0) ? "a time before the beginning"
        : !(line.Start <= LastSecond && line.End <= LastSecond) ? TooLate
        : line.End < line.Start ? "an end before its start"
        : null;

    /// <summary>Removes control characters but line ends and tabs: they are invisible, and some databases reject them.</summary>
    private static string Words(string? text) => text is null ? ""
        : text.AsSpan().ContainsAny(Invisible) ? string.Concat(text.Where(character => !Invisible.Contains(character))).Trim()
        : text.Trim();
}
