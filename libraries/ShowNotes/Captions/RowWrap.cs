namespace Podcast.ShowNotes;

/// <summary>Wraps a line of text into rows between words; a longer word, or a language without spaces, between characters.</summary>
internal static class RowWrap
{
    public static List<string> Wrap(string text, int longest)
    {
        var rows = new List<string>();
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, longest)))
        {
            if (rows.Count > 0 && rows[^1].Length + 1 + word.Length <= longest)
                rows[^1] += $" {word}";
            else
                rows.Add(word);
        }

        return rows;
    }

    private static IEnumerable<string> Pieces(string word, int longest)
    {
        var start = 0;
        for (var end = 0; end < word.Length;)
        {
            var next = StringInfo.GetNextTextElementLength(word, end);
            if (end > start && end + next - start > longest)
            {
                yield return word[start..end];
                start = end;
            }

            end += next;
        }

        yield return word[start..];
    }
}
