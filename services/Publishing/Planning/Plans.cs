using System.Data;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>Makes the plan of all videos that are not finished, from the queue and the quotas as they are.</summary>
internal sealed class Plans(
    PublishingDbContext database, OpenPublications open, IYouTubeAccounts accounts, IOptions<YouTubeOptions> options, TimeProvider clock)
{
    /// <summary>Made of one moment: a payment that is seen in the quota is seen at its publication, too.</summary>
    public async Task<FullPlan> Make(CancellationToken cancellationToken)
    {
        await using var oneMoment = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var now = clock.GetUtcMilliseconds();
        var today = PacificDay.Of(now);
        var rows = await open.Read(cancellationToken);
        var spent = await database.Quota.AsNoTracking().Where(quota => quota.Day == today)
            .ToDictionaryAsync(quota => (quota.Project, quota.Bucket), quota => quota.Spent, cancellationToken);
        var pauses = await database.UploadPauses.AsNoTracking().Where(pause => pause.Until > now)
            .ToDictionaryAsync(pause => pause.ChannelId, pause => (DateTimeOffset?)pause.Until, cancellationToken);
        var projects = new Dictionary<string, string?>();
        foreach (var account in rows.Select(row => row.Needs?.Account).OfType<string>().Distinct())
            projects[account] = await accounts.ProjectOf(account, cancellationToken);

        var plans = rows
            .Where(row => row.Needs is not null && projects[row.Needs.Account] is not null)
            .GroupBy(row => projects[row.Needs!.Account]!)
            .ToDictionary(project => project.Key, project => new ProjectPlan(
                [.. project.Select(row => row.Video(options.Value, today, pauses.GetValueOrDefault(row.Needs!.ChannelId)))],
                spent.GetValueOrDefault((project.Key, YouTubeQuota.Inserts)),
                spent.GetValueOrDefault((project.Key, YouTubeQuota.Units)),
                options.Value, now));
        return new FullPlan(rows, plans, Quotas(projects.Values.OfType<string>(), spent, now), now);
    }

    /// <summary>Also of projects that have spent something, and for which nothing waits.</summary>
    private IReadOnlyList<QuotaSpent> Quotas(
        IEnumerable<string> planned, Dictionary<(string Project, string Bucket), int> spent, DateTimeOffset now)
    {
        var (costs, next) = (options.Value, PacificDay.Next(now));
        return
        [
            .. from project in planned.Union(spent.Keys.Select(quota => quota.Project)).Order(StringComparer.Ordinal)
               from bucket in new[] { YouTubeQuota.Inserts, YouTubeQuota.Units }
               let isUnits = bucket == YouTubeQuota.Units
               select new QuotaSpent(
                   PublishingChannel.Youtube, project, bucket, spent.GetValueOrDefault((project, bucket)),
                   isUnits ? costs.UnitsPerDay : costs.InsertsPerDay, isUnits ? costs.CaptionInsertCost : 0, next, now),
        ];
    }
}

/// <summary>The plan of all Google projects.</summary>
/// <param name="Projects">By their names.</param>
/// <param name="Quotas">What each has spent today.</param>
/// <param name="At">When it was made.</param>
internal sealed record FullPlan(
    IReadOnlyList<OpenPublication> Rows, IReadOnlyDictionary<string, ProjectPlan> Projects,
    IReadOnlyList<QuotaSpent> Quotas, DateTimeOffset At)
{
    /// <summary>The place of a publication; null if it has none, because it has ended or its account is not connected.</summary>
    public Place? PlaceOf(Guid id) =>
        Projects.Values.Select(project => project.Places.GetValueOrDefault(id)).FirstOrDefault(place => place is not null);
}
