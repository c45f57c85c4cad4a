using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>What a Google project has left of its two quotas, on each day of Pacific time from today on.</summary>
internal sealed class QuotaDays(YouTubeOptions limits, int spentInserts, int spentUnits, DateTimeOffset now)
{
    private readonly List<(int Inserts, int Units)> days = [(limits.InsertsPerDay - spentInserts, limits.UnitsPerDay - spentUnits)];

    public QuotaDays Copy()
    {
        var copy = new QuotaDays(limits, spentInserts, spentUnits, now);
        copy.days.Clear();
        copy.days.AddRange(days);
        return copy;
    }

    /// <summary>When a day begins, or now if it has begun.</summary>
    public DateTimeOffset BeginOf(int day) => day == 0 ? now : PacificDay.Next(now, day);

    /// <summary>The number of the day, 0 for today and what is past.</summary>
    public int DayOf(DateTimeOffset time) => Math.Max(0, PacificDay.Of(time).DayNumber - PacificDay.Of(now).DayNumber);

    public bool Has(int day, int inserts, int units) => Of(day) is var left && left.Inserts >= inserts && left.Units >= units;

    /// <summary>
    /// True if a day has so many units beside the reads of its uploads, counted once more: the plan cannot see how many of them are among
    /// what is spent already.
    /// </summary>
    public bool HasBesideUploads(int day, int units) => Of(day) is var left
        && left.Units - ((limits.InsertsPerDay - left.Inserts) * limits.ReadsPerVideo * limits.ReadCost) >= units;

    /// <summary>The first day, from <paramref name="from"/> on, that has so much; null if no day ever has.</summary>
    public int? Find(int from, int inserts, int units) =>
        inserts > limits.InsertsPerDay ? null : First(from, units, day => Has(day, inserts, units));

    /// <inheritdoc cref="HasBesideUploads"/>
    /// <returns>The first such day; null if there is never one.</returns>
    public int? FindBesideUploads(int from, int units) => First(from, units, day => HasBesideUploads(day, units));

    public void Take(int day, int inserts, int units)
    {
        var left = Of(day);
        days[day] = (left.Inserts - inserts, left.Units - units);
    }

    private int? First(int from, int units, Func<int, bool> fits)
    {
        if (units > limits.UnitsPerDay)
            return null;
        var day = from;
        while (!fits(day))
            day++;
        return day;
    }

    private (int Inserts, int Units) Of(int day)
    {
        while (days.Count <= day)
            days.Add((limits.InsertsPerDay, limits.UnitsPerDay));
        return days[day];
    }
}
