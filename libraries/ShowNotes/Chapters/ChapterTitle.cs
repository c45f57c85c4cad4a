namespace Podcast.ShowNotes;

/// <summary>Makes titles that every platform takes, and names each change that a reader would notice.</summary>
internal static class ChapterTitle
{
    /// <param name="number">The place of the chapter in the list, from 1, for one without a title.</param>
    public static string Of(string? written, int number, List<string> repairs)
    {
        var title = PlainText.OneLine(written ?? "");
        if (title.Length == 0)
        {
            repairs.Add($"named chapter {number}, which has no title, \"Chapter {number}\"");
            return $"Chapter {number}";
        }

        var plain = PlainText.WithoutAngles(title);
        if (plain != title)
            repairs.Add($"wrote \"{plain}\" with ‹ or ›, because YouTube takes neither < nor >");
        var shown = PlainText.Shorten(plain, ChapterCompiler.LongestTitle);
        if (shown != plain)
            repairs.Add($"shortened \"{shown}\", because YouTube shows {ChapterCompiler.LongestTitle} characters");
        return shown;
    }
}
