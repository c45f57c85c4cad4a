namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>
/// Reads the output of pocketsphinx: a line with the words of an utterance, then a line per word,
/// <c>word start end confidence</c>, including marks like <c>&lt;sil&gt;</c> and variants like <c>to(3)</c>.
/// </summary>
internal sealed class SpokenWords
{
    private readonly List<List<Segment>> utterances = [];

    /// <summary>The end of the last word, in seconds.</summary>
    public double End { get; private set; }

    /// <summary>One segment per utterance.</summary>
    public IReadOnlyList<Segment> Segments => [.. utterances.Where(words => words.Count > 0).Select(words => new Segment(
        words[0].Start,
        words[^1].End,
        string.Join(' ', words.Select(word => word.Text)),
        Math.Round(words.Average(word => word.Confidence!.Value), 3)))];

    public void Add(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var word, var from, var to, var trust]
            || Number(from) is not { } start || Number(to) is not { } end || Number(trust) is not { } confidence)
            return;

        End = end;
        if (word == "<s>" || utterances.Count == 0)
            utterances.Add([]);
        if (word[0] is not ('<' or '[' or '+'))
            utterances[^1].Add(new Segment(start, end, Plain(word), Math.Clamp(confidence, 0, 1)));
    }

    private static string Plain(string word) => word.IndexOf('(', StringComparison.Ordinal) is > 0 and var variant ? word[..variant] : word;

    private static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
