namespace Podcast.Batch.Showing;

/// <summary>Formats rate, time left and failures as text.</summary>
internal static class ProgressWords
{
    public static string Facts(Progress progress)
    {
        var words = new List<string>();
        if (progress.Done < progress.Total)
        {
            words.Add(progress.Rate() is { } rate ? Rate(rate) : "-/s");
            words.Add(progress.Left() is { } left ? $"ETA {Time(left)}" : "ETA -");
        }
        else
        {
            words.Add($"in {Time(progress.Elapsed)}");
        }

        words.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.Failed} failed"));
        if (progress.Note is { } note)
            words.Add(note);
        return string.Join(", ", words);
    }

    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes:00}:{time.Seconds:00}");

    private static string Rate(double rate) => rate >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.0}/s")
        : string.Create(CultureInfo.InvariantCulture, $"{rate * 60:0.0}/min");
}
