namespace Podcast.Batch.Showing;

internal static class ProgressWords
{
    public static string Facts(Progress progress)
    {
        var rate = progress.Rate() is { } known ? Rate(known) : "-/s";
        var left = progress.Left() is { } time ? Time(time) : "-";
        var pace = progress.Done < progress.Total ? $"{rate}, ETA {left}" : $"in {Time(progress.Elapsed)}";
        return $"{pace}, {progress.Failed} failed{(progress.Note is { } note ? $", {note}" : "")}";
    }

    public static string Time(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"
        : $"{time.Minutes:00}:{time.Seconds:00}";

    private static string Rate(double rate) => rate >= 1 ? $"{rate:0.0}/s" : $"{rate * 60:0.0}/min";
}
