namespace Podcast.Media;

/// <summary>A chapter, in seconds.</summary>
/// <param name="End">Null if the file contains only start times.</param>
public sealed record Chapter(double Start, double? End);

/// <summary>
/// Reads chapters: <c>chapters[]</c> or <c>timeline[]</c> of JSON (ittybit.dev/docs/chapters, ittybit.com/docs/outline), WebVTT
/// or SRT.
/// </summary>
public static class ChapterReader
{
    /// <summary>
    /// Returns the chapters in order, with distinct start times; the note says for people which ones were skipped or reordered.
    /// </summary>
    /// <exception cref="OutputException">The chapters cannot be read.</exception>
    public static (IReadOnlyList<Chapter> Chapters, string? Note) Read(byte[] bytes)
    {
        var content = OutputText.Read("chapters", bytes);
        var leftOut = new SkippedCues("chapters");
        var listed = content.Form == TextForm.Json ? LooseJson.Read("chapters", content.Text, root => OfJson(root, leftOut)) : OfCues(content, leftOut);
        var chapters = new List<Chapter>();
        foreach (var chapter in listed.OrderBy(chapter => chapter.Start))
        {
            if (!(chapter.Start >= 0))
                leftOut.Add("a start before the beginning");
            else if (chapter.End <= chapter.Start)
                leftOut.Add("no length");
            else if (chapters.Count > 0 && chapter.Start <= chapters[^1].Start)
                leftOut.Add("the start of another");
            else
                chapters.Add(chapter);
        }

        if (chapters.Count == 0 && leftOut.Count > 0)
            throw new OutputException($"The chapters make no sense. {leftOut.Note(0)}", transient: false);

        var isMoved = listed.Zip(listed.Skip(1)).Any(pair => pair.First.Start > pair.Second.Start);
        var notes = new[] { content.Note, leftOut.Note(chapters.Count), isMoved ? "Put the chapters in order." : null }.OfType<string>();
        return (chapters, string.Join(' ', notes) is { Length: > 0 } note ? note : null);
    }

    private static List<Chapter> OfCues(OutputText content, SkippedCues leftOut)
    {
        var cues = Cues.Read(content);
        leftOut.Add(cues.LeftOut);
        return [.. cues.All.Select(cue => new Chapter(cue.Start, cue.End))];
    }

    private static List<Chapter> OfJson(JsonElement root, SkippedCues leftOut)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : root.Property("chapters") ?? root.Property("timeline");
        if (list is not { ValueKind: JsonValueKind.Array } items)
            throw new OutputException("The JSON of the chapters has neither \"chapters\" nor \"timeline\".", transient: false);

        var chapters = new List<Chapter>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.Property("start").Number() is { } start)
                chapters.Add(new Chapter(start, item.Property("end").Number()));
            else
                leftOut.Add("no \"start\" in seconds");
        }

        return chapters;
    }
}
