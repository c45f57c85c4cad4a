namespace Podcast.Media;

/// <summary>A chapter, in seconds.</summary>
/// <param name="End">Null if the file contains only start times.</param>
/// <param name="Title">As written in the file, perhaps of several lines or any length; null if it has none.</param>
public sealed record Chapter(double Start, double? End, string? Title = null);

/// <summary>
/// Reads chapters: <c>chapters[]</c> or <c>timeline[]</c> of JSON (ittybit.dev/docs/chapters, ittybit.com/docs/outline), WebVTT
/// or SRT.
/// </summary>
public static class ChapterReader
{
    /// <summary>The chapters in order, with distinct starts; the note says for people what was skipped or moved.</summary>
    /// <exception cref="OutputException">The chapters cannot be read.</exception>
    public static (IReadOnlyList<Chapter> Chapters, string? Note) Read(byte[] bytes)
    {
        var content = OutputText.Read("chapters", bytes);
        var skipped = new SkippedParts("chapters");
        IReadOnlyList<Chapter> listed = content.Form == TextForm.Json
            ? LooseJson.Read("chapters", content.Text, root => OfJson(root, skipped))
            : [.. Cue.Read(content, skipped).Select(cue => new Chapter(cue.Start, cue.End, Title(cue)))];
        var chapters = new List<Chapter>();
        foreach (var chapter in listed.OrderBy(chapter => chapter.Start))
        {
            if (!(chapter.Start >= 0))
                skipped.Add("a start before the beginning");
            else if (chapter.End <= chapter.Start)
                skipped.Add("no length");
            else if (chapters.Count > 0 && chapter.Start <= chapters[^1].Start)
                skipped.Add("the start of another");
            else
                chapters.Add(chapter);
        }

        if (chapters.Count == 0 && skipped.Count > 0)
            throw new OutputException($"The chapters make no sense. {skipped.Note(0)}", transient: false);

        var isMoved = listed.Zip(listed.Skip(1)).Any(pair => pair.First.Start > pair.Second.Start);
        var notes = new[] { content.Note, skipped.Note(chapters.Count), isMoved ? "Put the chapters in order." : null }.OfType<string>();
        return (chapters, string.Join(' ', notes) is { Length: > 0 } note ? note : null);
    }

    private static List<Chapter> OfJson(JsonElement root, SkippedParts skipped)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : root.Property("chapters") ?? root.Property("timeline");
        var items = list.Items()
            ?? throw new OutputException("The JSON of the chapters has neither \"chapters\" nor \"timeline\".", transient: false);
        var starts = items.ToLookup(item => item.Property("start").Number() is not null);
        skipped.AddRange(starts[false].Select(_ => "no \"start\" in seconds"));
        return
        [
            .. starts[true].Select(item => new Chapter(
                item.Property("start").Number()!.Value, item.Property("end").Number(), Written(item.Property("title").Text()))),
        ];
    }

    private static string? Title(Cue cue) => Written(string.Join(' ', cue.Spoken.Select(speech => speech.Words)));

    private static string? Written(string? title) => string.IsNullOrWhiteSpace(title) ? null : title.Trim();
}
