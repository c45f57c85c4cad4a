namespace Podcast.ShowNotes;

/// <summary>One or two rows of text, shown from <paramref name="Start"/> to <paramref name="End"/>.</summary>
/// <param name="Speaker">Null if unknown, or if several speak at once.</param>
public sealed record Caption(TimeSpan Start, TimeSpan End, IReadOnlyList<string> Rows, string? Speaker);

/// <summary>The captions of an episode, made by <see cref="CaptionCompiler"/>.</summary>
/// <param name="Captions">In order of time, not overlapping. Empty if there is nothing to upload.</param>
/// <param name="LeftOut">Why there is nothing to upload, for people; null if there are captions.</param>
public sealed record CaptionTrack(IReadOnlyList<Caption> Captions, string? LeftOut)
{
    /// <summary>SRT in plain UTF-8 without markup; null if there is nothing to upload.</summary>
    public string? Srt => Captions.Count == 0 ? null : string.Concat(Captions.Select((caption, index) =>
        $"{index + 1}\n{Times(caption, ',')}\n{PlainText.WithoutAngles(string.Join('\n', caption.Rows))}\n\n"));

    /// <summary>WebVTT with speakers, which Apple reads; null if there is nothing to upload.</summary>
    public string? WebVtt => Captions.Count == 0 ? null : "WEBVTT\n" + string.Concat(Captions.Select(caption =>
        $"\n{Times(caption, '.')}\n{Voice(caption.Speaker)}{Escape(string.Join('\n', caption.Rows))}\n"));

    /// <summary>
    /// True if a file of captions has a time that lasts. YouTube answers 200 to a file without times and never shows it, since its
    /// option <c>sync</c> ended in 2024.
    /// </summary>
    public static bool IsTimed(byte[] file)
    {
        try
        {
            return file.AsSpan().IndexOf("-->"u8) >= 0 && TranscriptReader.Read(file).Lines.Any(line => line.End > line.Start);
        }
        catch (OutputException)
        {
            return false;
        }
    }

    private static string Times(Caption caption, char point) =>
        $"{Stamp.Exact(caption.Start, point)} --> {Stamp.Exact(caption.End, point)}";

    private static string Voice(string? speaker) => speaker is null ? "" : $"<v {Escape(speaker)}>";

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
