using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>What a Google project has left of its two quotas, on each day of Pacific time from today on.</summary>
internal sealed class QuotaDays(YouTubeOptions limits, int spentInserts, int spentUnits, DateTimeOffset now)
{
    private readonly List<(int Inserts, int Units, int Reserve)> days =
        [(limits.InsertsPerDay - spentInserts, limits.UnitsPerDay - spentUnits, 0)];

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

    /// <summary>The first day, from <paramref name="from"/> on, that has so much; null if no day ever has.</summary>
    public int? Find(int from, int inserts, int units) =>
        inserts > limits.InsertsPerDay ? null : First(from, units, day => Has(day, inserts, units));

    /// <summary>The first day that has so many units beside all that its uploads may cost; null if no day ever has.</summary>
    public int? FindBesideUploads(int from, int units) =>
        First(from, units, day => Of(day) is var left && left.Units - left.Reserve >= units);

    public void Take(int day, int inserts, int units)
    {
        var left = Of(day);
        days[day] = left with { Inserts = left.Inserts - inserts, Units = left.Units - units };
    }

    /// <summary>
    /// Keeps units for videos that are uploaded on a day and cost more than planned: the plan cannot see how many of a video's reads are
    /// among what is spent already.
    /// </summary>
    public void Reserve(int day, int videos)
    {
        var left = Of(day);
        days[day] = left with { Reserve = left.Reserve + (videos * limits.ReadsPerVideo * limits.ReadCost) };
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

    private (int Inserts, int Units, int Reserve) Of(int day)
    {
        while (days.Count <= day)
            days.Add((limits.InsertsPerDay, limits.UnitsPerDay, 0));
        return days[day];
    }
}
