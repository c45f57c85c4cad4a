using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Podcast.Contracts;

namespace Podcast.Processing.Transcripts;

/// <summary>Subtitles: WebVTT (w3.org/TR/webvtt1) and SRT, which is nearly the same.</summary>
internal static partial class Cues
{
    public static Transcript ReadWebVtt(string text) => Read(text, "WebVTT");

    public static Transcript ReadSrt(string text) => Read(text, "SRT");

    private static Transcript Read(string text, string format)
    {
        var blocks = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        List<TranscriptLine> lines = [.. blocks.Select(block => Cue(block, format)).OfType<TranscriptLine>()];
        return Transcript.Of(null, null, lines);
    }

    /// <summary>One cue: an optional name, its times, its words. Null for what has no times: header, notes, styles.</summary>
    private static TranscriptLine? Cue(string block, string format)
    {
        var rows = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var timing = Array.FindIndex(rows, row => row.Contains("-->", StringComparison.Ordinal));
        if (timing is < 0 or > 1 || rows[0].StartsWith("NOTE", StringComparison.Ordinal))
            return null;

        var times = Timing().Match(rows[timing]);
        if (!times.Success)
            throw new TranscriptException($"A cue of the {format} transcript has times that are none.", transient: false);

        var words = string.Join(' ', rows[(timing + 1)..]);
        return new TranscriptLine(Seconds(times, "start"), Seconds(times, "end"), Plain(words), Speaker(words));
    }

    private static double Seconds(Match times, string which)
    {
        var parts = times.Groups[which].Value.Replace(',', '.').Split(':');
        return parts.Aggregate(0.0, (seconds, part) => (seconds * 60) + double.Parse(part, CultureInfo.InvariantCulture));
    }

    private static string Plain(string words) => WebUtility.HtmlDecode(Tag().Replace(words, "")).Trim();

    private static string? Speaker(string words) =>
        Voice().Match(words) is { Success: true } voice ? WebUtility.HtmlDecode(voice.Groups["name"].Value.Trim()) : null;

    [GeneratedRegex(@"^\s*(?<start>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+(?<end>(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:\s|$)")]
    private static partial Regex Timing();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<v(?:\.[^\s>]*)?\s+(?<name>[^>]+)>")]
    private static partial Regex Voice();
}
