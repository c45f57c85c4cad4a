namespace Podcast.ShowNotes;

/// <summary>Everything of an episode that a person pastes or uploads by hand where no API call does it, per channel.</summary>
public static class PublishPack
{
    private const string SrtType = "application/x-subrip; charset=utf-8";
    private const string VttType = "text/vtt; charset=utf-8";

    /// <summary>Title, description, tags and captions of the video.</summary>
    public static IReadOnlyList<PackFile> YouTube(YouTubeMetadata metadata, ChapterList chapters, CaptionTrack captions)
    {
        var tags = YouTubeMetadata.TagCharacters(metadata.Tags);
        var list = new Checklist("YouTube")
            .Do($"Upload the MP4 and paste title.txt ({metadata.Title.Length} of {YouTubeMetadata.LongestTitle} characters)")
            .Do($"Paste description.txt ({Bytes(metadata.Description)} of {YouTubeMetadata.LongestDescription} bytes)")
            .DoIf(tags > 0, $"Paste tags.txt ({tags} of {YouTubeMetadata.LongestTags} characters)")
            .DoUnless(captions.LeftOut, "Upload captions.srt as subtitles with timing, and look whether they appear", "captions")
            .DoUnless(chapters.LeftOut, $"Look whether the {chapters.Marks.Count} chapters appear on the time line", "chapters")
            .Tell(metadata.Violations, metadata.Notes.Concat(chapters.Repairs));
        return
        [
            PackFile.Text("youtube/title.txt", metadata.Title),
            PackFile.Text("youtube/description.txt", metadata.Description),
            .. If(tags > 0, () => PackFile.Text("youtube/tags.txt", string.Join(", ", metadata.Tags))),
            .. If(chapters.LeftOut is null, () => PackFile.Text("youtube/chapters.txt", ChapterFormats.YouTube(chapters))),
            .. If(captions.LeftOut is null, () => PackFile.Of("youtube/captions.srt", SrtType, captions.Srt!)),
            PackFile.Text("youtube/checklist.txt", list.ToString()),
        ];
    }

    /// <summary>Title, summary, description and transcript of the episode at the podcast host.</summary>
    /// <param name="transcript">Plain text; null or empty without one.</param>
    public static IReadOnlyList<PackFile> Transistor(TransistorMetadata metadata, ChapterList chapters, string? transcript)
    {
        var hasTranscript = !string.IsNullOrWhiteSpace(transcript);
        var summary = metadata.Summary ?? "";
        var list = new Checklist("Transistor")
            .Do($"Upload the MP3 and paste title.txt ({metadata.Title.Length} of {TransistorMetadata.LongestTitle} characters)")
            .DoIf(summary.Length > 0, $"Paste summary.txt ({summary.Length} of {TransistorMetadata.LongestSummary} characters)")
            .Do($"Paste description.html ({Bytes(metadata.Description)} of {TransistorMetadata.LongestDescription} bytes)")
            .DoUnless(hasTranscript ? null : "none was made", "Paste transcript.txt", "transcript")
            .DoUnless(chapters.LeftOut, $"Look whether Apple and Spotify show the {chapters.Marks.Count} chapters", "chapters")
            .Tell(metadata.Violations, metadata.Notes.Concat(chapters.Repairs));
        return
        [
            PackFile.Text("transistor/title.txt", metadata.Title),
            .. If(summary.Length > 0, () => PackFile.Text("transistor/summary.txt", summary)),
            PackFile.Of("transistor/description.html", "text/html; charset=utf-8", metadata.Description + "\n"),
            .. If(chapters.LeftOut is null, () => PackFile.Text("transistor/chapters.txt", ChapterFormats.Podcast(chapters))),
            .. If(hasTranscript, () => PackFile.Text("transistor/transcript.txt", PlainText.Lines(transcript!))),
            PackFile.Text("transistor/checklist.txt", list.ToString()),
        ];
    }

    /// <summary>The files that a feed of one's own names: <c>podcast:chapters</c> and <c>podcast:transcript</c>.</summary>
    public static IReadOnlyList<PackFile> Feed(ChapterList chapters, CaptionTrack captions)
    {
        var list = new Checklist("Feed (Podcasting 2.0)")
            .DoUnless(
                chapters.LeftOut,
                $"Serve chapters.json, with CORS, and name it in podcast:chapters ({ChapterFormats.JsonType})",
                "chapters")
            .DoUnless(captions.LeftOut, "Serve captions.vtt and name it in podcast:transcript (text/vtt, rel=\"captions\")", "captions")
            .Tell([], chapters.Repairs);
        return
        [
            .. If(
                chapters.LeftOut is null,
                () => PackFile.Of("feed/chapters.json", ChapterFormats.JsonType, ChapterFormats.Json(chapters))),
            .. If(captions.LeftOut is null, () => PackFile.Of("feed/captions.vtt", VttType, captions.WebVtt!)),
            PackFile.Text("feed/checklist.txt", list.ToString()),
        ];
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static IEnumerable<PackFile> If(bool exists, Func<PackFile> file) => exists ? [file()] : [];
}
