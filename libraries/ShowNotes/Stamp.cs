namespace Podcast.ShowNotes;

/// <summary>Times as the platforms write them.</summary>
internal static class Stamp
{
    /// <summary>YouTube's: <c>0:00</c>, <c>59:59</c>, <c>1:00:00</c>.</summary>
    public static string Short(TimeSpan time) => time < TimeSpan.FromHours(1)
        ? Format($"{time.Minutes}:{time:ss}")
        : Format($"{Hours(time)}:{time:mm\\:ss}");

    /// <summary>Apple's: <c>00:00:00</c>.</summary>
    public static string Full(TimeSpan time) => Format($"{Hours(time):00}:{time:mm\\:ss}");

    /// <summary>Of subtitles: <c>00:00:00,000</c> in SRT, with a dot in WebVTT.</summary>
    public static string Exact(TimeSpan time, char point) => Format($"{Full(time)}{point}{time:fff}");

    private static int Hours(TimeSpan time) => (int)time.TotalHours;

    private static string Format(FormattableString text) => FormattableString.Invariant(text);
}
