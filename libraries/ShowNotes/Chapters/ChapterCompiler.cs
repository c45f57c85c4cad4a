namespace Podcast.ShowNotes;

/// <summary>
/// Makes one list of chapters that satisfies all platforms at once. YouTube's rules are the strictest and the others', of Apple and
/// Spotify, a part of them: the first chapter begins at 0:00, there are at least three, each has at least 10 s, one a line.
/// A platform that finds one rule broken ignores the whole list without saying so.
/// </summary>
public static class ChapterCompiler
{
    /// <summary>YouTube and Apple ignore shorter lists.</summary>
    public const int Fewest = 3;

    /// <summary>The table of contents of ID3v2 counts chapters in one byte.</summary>
    public const int Most = 255;

    /// <summary>In UTF-16 code units; YouTube shows no more.</summary>
    public const int LongestTitle = 70;

    /// <summary>YouTube's shortest chapter.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <param name="length">Of the episode; if audio and video differ, of the shorter.</param>
    /// <param name="opening">The title of a chapter at 0:00, if one has to be added.</param>
    public static ChapterList Compile(IEnumerable<Chapter> chapters, TimeSpan length, string opening = "Intro")
    {
        var repairs = new List<string>();
        var drafts = Read(chapters, length, repairs);
        if (drafts.Count > 0 && drafts[0].Start > TimeSpan.Zero)
            BeginAtZero(drafts, opening, repairs);
        MergeShort(drafts, length, repairs);

        var ends = drafts.Skip(1).Select(next => next.Start).Append(length);
        return Objection(drafts.Count) is { } objection
            ? new([], repairs, objection)
            : new([.. drafts.Zip(ends, (draft, end) => new ChapterMark(draft.Start, end, draft.Title))], repairs, null);
    }

    private static List<Draft> Read(IEnumerable<Chapter> chapters, TimeSpan length, List<string> repairs)
    {
        var drafts = new List<Draft>();
        foreach (var (index, chapter) in chapters.OrderBy(chapter => chapter.Start).Index())
        {
            var title = ChapterTitle.Of(chapter.Title, index + 1, repairs);
            if (chapter.Start >= 0 && chapter.Start < length.TotalSeconds)
                drafts.Add(new(TimeSpan.FromSeconds(Math.Floor(chapter.Start)), title));
            else
                repairs.Add($"left out \"{title}\", which does not begin within the {Stamp.Short(length)} of the episode");
        }

        return drafts;
    }

    private static void BeginAtZero(List<Draft> drafts, string opening, List<string> repairs)
    {
        var (start, title) = drafts[0];
        if (start < Shortest)
        {
            repairs.Add($"moved \"{title}\" from {Stamp.Short(start)} to 0:00");
            drafts[0] = new(TimeSpan.Zero, title);
        }
        else
        {
            repairs.Add($"added 0:00 \"{opening}\", because the first chapter begins at {Stamp.Short(start)}");
            drafts.Insert(0, new(TimeSpan.Zero, opening));
        }
    }

    private static void MergeShort(List<Draft> drafts, TimeSpan length, List<string> repairs)
    {
        for (var at = 0; at < drafts.Count && drafts.Count > 1;)
        {
            var (start, title) = drafts[at];
            var lasts = (at + 1 < drafts.Count ? drafts[at + 1].Start : length) - start;
            if (lasts >= Shortest)
            {
                at++;
                continue;
            }

            var other = drafts[at > 0 ? at - 1 : 1].Title;
            var seconds = lasts.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            repairs.Add($"merged \"{title}\" ({seconds} s) into the chapter {(at > 0 ? "before" : "after")} it, \"{other}\"");
            if (at == 0)
                drafts[1] = new(start, other);
            drafts.RemoveAt(at);
        }
    }

    private static string? Objection(int chapters) => chapters switch
    {
        0 => "no chapters",
        < Fewest => $"only {(chapters == 1 ? "one chapter" : "two chapters")}: YouTube and Apple ignore fewer than three",
        > Most => $"{chapters} chapters: an MP3 can list {Most}",
        _ => null,
    };

    private sealed record Draft(TimeSpan Start, string Title);
}
