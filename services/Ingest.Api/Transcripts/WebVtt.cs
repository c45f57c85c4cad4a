using System.Globalization;
using System.Text;

namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Writes timed lines as WebVTT (W3C), with the text escaped.</summary>
internal static class WebVtt
{
    public static string Write(IEnumerable<TranscriptLine> lines)
    {
        var vtt = new StringBuilder("WEBVTT\n");
        foreach (var line in lines.OrderBy(line => line.Start))
        {
            // An empty line ends a cue, and its end must be later than its start.
            var (start, end) = (Math.Max(0, line.Start), Math.Max(line.End, Math.Max(0, line.Start) + 0.001));
            vtt.Append('\n').Append(Time(start)).Append(" --> ").Append(Time(end)).Append('\n');
            if (!string.IsNullOrWhiteSpace(line.Speaker))
                vtt.Append("<v ").Append(Plain(line.Speaker)).Append('>');
            vtt.Append(Plain(line.Text)).Append('\n');
        }

        return vtt.ToString();
    }

    private static string Time(double seconds)
    {
        var time = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss\\.fff}");
    }

    private static string Plain(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
