using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Podcast.Contracts;

namespace Podcast.Processing.Outputs;

/// <summary>Subtitles: WebVTT (w3.org/TR/webvtt1) and SRT, which is nearly the same.</summary>
internal static partial class Cues
{
    /// <summary>What is said or shown, and when, in the order of the file.</summary>
    /// <param name="what">What it is, for the reason: <c>transcript</c>, <c>chapters</c>.</param>
    /// <exception cref="OutputException">A cue has no times.</exception>
    public static List<TranscriptLine> Read(string what, string text)
    {
        var blocks = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. blocks.Select(block => Cue(what, block)).OfType<TranscriptLine>()];
    }

    /// <summary>One cue: an optional name, its times, its words. Null for what has no times: header, notes, styles.</summary>
    private static TranscriptLine? Cue(string what, string block)
    {
        var rows = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var timing = Array.FindIndex(rows, row => row.Contains("-->", StringComparison.Ordinal));
        if (timing is < 0 or > 1 || rows[0].StartsWith("NOTE", StringComparison.Ordinal))
            return null;

        var times = Timing().Match(rows[timing]);
        if (!times.Success)
            throw new OutputException($"A cue of the {what} has times that are none.", transient: false);

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
