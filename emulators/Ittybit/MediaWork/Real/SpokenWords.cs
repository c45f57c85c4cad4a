namespace Podcast.Emulators.Ittybit.MediaWork.Real;

/// <summary>
/// Reads the output of pocketsphinx: a line with the words of an utterance, then a line per word,
/// <c>word start end confidence</c>, including marks like <c>&lt;sil&gt;</c> and variants like <c>to(3)</c>.
/// </summary>
internal sealed class SpokenWords
{
    private readonly List<Segment> segments = [];
    private readonly List<Word> utterance = [];

    /// <summary>The end of the last word, in seconds.</summary>
    public double End { get; private set; }

    /// <summary>One segment per utterance.</summary>
    public IReadOnlyList<Segment> Segments
    {
        get
        {
            Close();
            return segments;
        }
    }

    public void Add(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 4 || !TryRead(parts[1], out var start) || !TryRead(parts[2], out var end) || !TryRead(parts[3], out var confidence))
            return;

        End = end;
        if (parts[0] == "<s>")
            Close();
        else if (parts[0][0] is not ('<' or '[' or '+'))
            utterance.Add(new Word(Plain(parts[0]), start, end, Math.Clamp(confidence, 0, 1)));
    }

    private void Close()
    {
        if (utterance.Count == 0)
            return;

        var text = string.Join(' ', utterance.Select(word => word.Text));
        var confidence = Math.Round(utterance.Average(word => word.Confidence), 3);
        segments.Add(new Segment(utterance[0].Start, utterance[^1].End, text, confidence));
        utterance.Clear();
    }

    private static string Plain(string word) => word.IndexOf('(', StringComparison.Ordinal) is > 0 and var variant ? word[..variant] : word;

    private static bool TryRead(string text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private sealed record Word(string Text, double Start, double End, double Confidence);
}
