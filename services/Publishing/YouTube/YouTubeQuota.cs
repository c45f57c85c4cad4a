using Podcast.Hosting.Data;

namespace Podcast.Publishing.YouTube;

/// <summary>
/// Counts what each Google project spends in a day of Pacific time, over all processes, so that a call that Google would refuse is not
/// made: also refused calls cost.
/// </summary>
internal sealed class YouTubeQuota(PublishingDbContext database, IOptions<YouTubeOptions> options, TimeProvider clock)
{
    /// <summary>The bucket of uploads.</summary>
    public const string Inserts = "inserts";

    /// <summary>The bucket of all other calls.</summary>
    public const string Units = "units";

    /// <summary>Spends units of the project's day.</summary>
    /// <exception cref="StepException">They do not suffice; it says until when.</exception>
    public async Task Spend(string project, int units, CancellationToken cancellationToken)
    {
        if (await TrySpend(project, Units, units, cancellationToken))
            return;
        throw new StepException(
            StepOutcome.Later,
            $"The {options.Value.UnitsPerDay} units of the Google project are used up for today; they are new at midnight Pacific time.",
            null, PacificDay.Next(clock.GetUtcNow()));
    }

    /// <summary>Spends of a bucket; false, and nothing is spent, if it does not have so much.</summary>
    public async Task<bool> TrySpend(string project, string bucket, int cost, CancellationToken cancellationToken)
    {
        var limit = LimitOf(bucket);
        if (cost > limit)
            return false;
        var sql = $$"""
            INSERT INTO {{database.TableOf<QuotaDay>()}} AS quota (project, bucket, day, spent) VALUES ({0}, {1}, {2}, {3})
            ON CONFLICT (project, bucket, day) DO UPDATE SET spent = quota.spent + {3} WHERE quota.spent + {3} <= {4}
            """;
        object[] values = [project, bucket, PacificDay.Of(clock.GetUtcNow()), cost, limit];
        return await database.Database.ExecuteSqlRawAsync(sql, values, cancellationToken) == 1;
    }

    /// <summary>Makes a call of the bucket. If Google says that its quota is used up, nothing more is spent of it today.</summary>
    public async Task<T> Call<T>(string project, string bucket, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (QuotaExceededException)
        {
            var sql = $$"""
                INSERT INTO {{database.TableOf<QuotaDay>()}} (project, bucket, day, spent) VALUES ({0}, {1}, {2}, {3})
                ON CONFLICT (project, bucket, day) DO UPDATE SET spent = excluded.spent
                """;
            object[] values = [project, bucket, PacificDay.Of(clock.GetUtcNow()), LimitOf(bucket)];
            await database.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
            throw;
        }
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

    /// <summary>The channel has taken an upload, so the others need not wait.</summary>
    public Task ResumeUploads(string channelId, CancellationToken cancellationToken) =>
        database.UploadPauses.Where(pause => pause.ChannelId == channelId).ExecuteDeleteAsync(cancellationToken);

    private int LimitOf(string bucket) => bucket == Inserts ? options.Value.InsertsPerDay : options.Value.UnitsPerDay;
}
