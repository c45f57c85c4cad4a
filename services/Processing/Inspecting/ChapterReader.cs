using System.Text.Json;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Inspecting;

/// <summary>
/// The beginnings of chapters, in the order of the file: <c>chapters[]</c> or <c>timeline[]</c> of JSON (ittybit.dev/docs/chapters,
/// ittybit.com/docs/outline), WebVTT or SRT.
/// </summary>
internal static class ChapterReader
{
    /// <exception cref="OutputException">They cannot be read.</exception>
    public static IReadOnlyList<double> Read(byte[] content)
    {
        var (text, form) = OutputText.Read("chapters", content);
        return form switch
        {
            TextForm.Json => LooseJson.Read("chapters", text, Starts),
            TextForm.WebVtt or TextForm.Srt => [.. Cues.Read("chapters", text).Select(cue => cue.Start)],
            _ => throw new OutputException("The chapters are neither JSON nor subtitles.", transient: false),
        };
    }

    private static IReadOnlyList<double> Starts(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root : root.Property("chapters") ?? root.Property("timeline");
        if (list is not { ValueKind: JsonValueKind.Array } chapters)
            throw new OutputException("The JSON of the chapters has neither \"chapters\" nor \"timeline\".", transient: false);

        return
        [
            .. chapters.EnumerateArray().Select((chapter, index) => chapter.Property("start").Number()
                ?? throw new OutputException($"Chapter {index + 1} has no \"start\" in seconds.", transient: false)),
        ];
    }
}
