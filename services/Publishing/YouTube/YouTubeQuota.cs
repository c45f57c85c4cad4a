using Podcast.Hosting.Data;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Counts what each Google project spends in a day of Pacific time, over all processes, so that a call that Google would refuse is not
/// made: also refused calls cost.
/// </summary>
internal sealed class YouTubeQuota(PublishingDbContext database, IOptions<YouTubeOptions> options, TimeProvider clock)
{
    private const string Inserts = "inserts";
    private const string Units = "units";

    /// <summary>Spends units of the project's day.</summary>
    /// <exception cref="StepException">They do not suffice; it says until when.</exception>
    public async Task Spend(string project, int units, CancellationToken cancellationToken)
    {
        var (now, limit) = (clock.GetUtcNow(), options.Value.UnitsPerDay);
        if (!await TrySpend(project, Units, units, limit, now, cancellationToken))
        {
            throw new StepException(
                StepOutcome.Later, $"The {limit} units of the Google project are used up for today; they are new at midnight Pacific time.",
                null, PacificDay.Next(now));
        }
    }

    /// <summary>
    /// Spends one upload of the project's day, unless newer episodes wait for what is left of it: the newest goes first.
    /// </summary>
    /// <exception cref="StepException">
    /// The channel takes none now, or there is none left for it today; it says when and how many are before it.
    /// </exception>
    public async Task SpendUpload(Publication publication, YouTubeAccess access, CancellationToken cancellationToken)
    {
        var (now, limit, project) = (clock.GetUtcNow(), options.Value.InsertsPerDay, access.Project);
        var pause = await database.UploadPauses.AsNoTracking()
            .FirstOrDefaultAsync(pause => pause.ChannelId == access.ChannelId && pause.Until > now, cancellationToken);
        if (pause is not null)
            throw new UploadLimitException(pause.Until);
        var day = PacificDay.Of(now);
        var spent = await database.Quota.AsNoTracking()
            .Where(quota => quota.Project == project && quota.Bucket == Inserts && quota.Day == day)
            .Select(quota => quota.Spent).FirstOrDefaultAsync(cancellationToken);
        var newer = await database.Publications.AsNoTracking().CountAsync(
            other => other.Channel == PublishingChannel.Youtube && other.Step == Step.Prepare
                && other.CurrentState == nameof(PublicationStateMachine.Working)
                && other.EpisodeAt > publication.EpisodeAt && other.CorrelationId != publication.CorrelationId,
            cancellationToken);
        if (newer < limit - spent && await TrySpend(project, Inserts, 1, limit, now, cancellationToken))
            return;

        var days = limit == 0 ? 1 : 1 + (Math.Max(0, newer - Math.Max(0, limit - spent)) / limit);
        var before = newer == 1 ? "one newer episode goes" : $"{newer} newer episodes go";
        throw new StepException(
            StepOutcome.Later,
            $"YouTube takes {limit} uploads a day from this Google project, and {before} before this one; "
            + "the next day begins at midnight Pacific time.",
            null, PacificDay.Next(now, days));
    }

    /// <summary>Lets all uploads of the channel wait.</summary>
    public Task PauseUploads(string channelId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sql = $$"""
            INSERT INTO {{database.TableOf<UploadPause>()}} (channel_id, until) VALUES ({0}, {1})
            ON CONFLICT (channel_id) DO UPDATE SET until = excluded.until
            """;
        return database.Database.ExecuteSqlRawAsync(sql, [channelId, database.Stored(until)], cancellationToken);
    }

    private async Task<bool> TrySpend(
        string project, string bucket, int cost, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (cost > limit)
            return false;
        var sql = $$"""
            INSERT INTO {{database.TableOf<QuotaDay>()}} AS quota (project, bucket, day, spent) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (project, bucket, day) DO UPDATE SET spent = quota.spent + {3} WHERE quota.spent + {3} <= {4}
            """;
        object[] values = [project, bucket, PacificDay.Of(now), cost, limit];
        return await database.Database.ExecuteSqlRawAsync(sql, values, cancellationToken) == 1;
    }
}
