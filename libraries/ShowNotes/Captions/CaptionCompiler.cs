namespace Podcast.ShowNotes;

/// <summary>
/// Divides the lines of a transcript into captions of at most two rows of 42 characters, the custom of subtitlers. A line's time is
/// divided by the length of its parts, and a line ends where the next begins.
/// </summary>
public static class CaptionCompiler
{
    /// <summary>In UTF-16 code units.</summary>
    public const int LongestRow = 42;

    public const int MostRows = 2;

    // A line that ends when it begins is shown until the next, but not for longer.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    public static CaptionTrack Compile(IEnumerable<TranscriptLine> lines)
    {
        TranscriptLine[] spoken =
        [
            .. lines.Select(line => line with { Text = PlainText.OneLine(line.Text) })
                .Where(line => line.Text.Length > 0)
                .OrderBy(line => line.Start),
        ];
        if (spoken.Length == 0)
            return new([], "the transcript has no words");
        if (!spoken.Any(line => line.End > line.Start))
            return new([], "the transcript has no times: YouTube accepts captions without times, but never shows them");

        var lasting = TogetherIfAtOnce(spoken).ToList();
        var next = lasting.Skip(1).Select(line => Time(line.Start)).Append(TimeSpan.MaxValue);
        return new([.. lasting.Zip(next, Divide).SelectMany(captions => captions)], null);
    }

    /// <summary>Joins lines that begin in the same millisecond, because captions must not overlap.</summary>
    private static IEnumerable<TranscriptLine> TogetherIfAtOnce(IEnumerable<TranscriptLine> lines) =>
        lines.GroupBy(line => Time(line.Start), (_, together) => together.Aggregate((one, other) => new(
            one.Start,
            Math.Max(one.End, other.End),
            $"{one.Text} {other.Text}",
            one.Speaker == other.Speaker ? one.Speaker : null)));

    private static IEnumerable<Caption> Divide(TranscriptLine line, TimeSpan next)
    {
        var start = Time(line.Start);
        var end = Time(line.End) is var spoken && spoken > start ? spoken : start + Pause;
        end = end < next ? end : next;

        // So short a line has no time for more than one caption.
        var rows = RowWrap.Wrap(line.Text, LongestRow);
        var parts = rows.Chunk(MostRows).ToList();
        if (parts.Count > (end - start).TotalMilliseconds)
            parts = [[.. rows]];

        var total = parts.Sum(Length);
        var shown = 0;
        var from = start;
        foreach (var (index, part) in parts.Index())
        {
            shown += Length(part);
            var share = start + TimeSpan.FromMilliseconds(Math.Floor((end - start).TotalMilliseconds * shown / total));
            var earliest = from + TimeSpan.FromMilliseconds(1);
            var latest = end - TimeSpan.FromMilliseconds(parts.Count - 1 - index);
            var until = share < earliest ? earliest : share > latest ? latest : share;
            yield return new(from, until, part, string.IsNullOrWhiteSpace(line.Speaker) ? null : PlainText.OneLine(line.Speaker));
            from = until;
        }
    }

    private static int Length(string[] rows) => rows.Sum(row => row.Length);

    private static TimeSpan Time(double seconds) => TimeSpan.FromMilliseconds(Math.Round(Math.Max(0, seconds) * 1000));
}
