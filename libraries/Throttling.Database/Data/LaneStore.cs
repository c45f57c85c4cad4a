using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Throttling.Calls;

namespace Podcast.Throttling.Data;

/// <summary>Reads and changes a lane's row. Taking permits is one statement; other changes lock the row and are rare.</summary>
internal sealed class LaneStore(string name, ThrottleOptions options, IServiceScopeFactory scopes, TimeProvider clock) : ILaneStore
{
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(90);

    private volatile Tuple<ThrottleStatus, long>? cached;

    public string Name => name;

    /// <inheritdoc/>
    public Task<Lease?> Take(string kind, int count, double share, CancellationToken cancellationToken) => InScope(async db =>
    {
        var leases = await db.Database.SqlQueryRaw<Lease>(
                LaneSql.Take(db),
                name, count, options.Rate, options.LongestWait.TotalSeconds, options.Recovery.TotalSeconds,
                options.LongestProbe.TotalSeconds, clock.GetUtcNow().ToUnixTimeMilliseconds(), share, kind,
                PermitIssuer.LongestLease(options.Rate))
            .ToListAsync(cancellationToken);
        return leases.SingleOrDefault();
    });

    /// <summary>Reads the row, and inserts it if it does not exist.</summary>
    public Task<LaneStatus> Read(CancellationToken cancellationToken) => InScope(async db =>
        Status(await Find(db, cancellationToken), await Now(db, cancellationToken)));

    /// <summary>The status of the lane, cached for at most <paramref name="age"/>.</summary>
    public async Task<ThrottleStatus> View(TimeSpan age, CancellationToken cancellationToken) =>
        cached is var (view, at) && clock.GetElapsedTime(at) < age ? view : (await Read(cancellationToken)).View;

    /// <summary>The latest events, newest first.</summary>
    public Task<List<ThrottleEvent>> Events(int most, CancellationToken cancellationToken) => InScope(db => db.Events
        .AsNoTracking()
        .Where(e => EF.Property<string>(e, LanesDb.LaneOfEvent) == name)
        .OrderByDescending(e => e.At).ThenByDescending(e => EF.Property<long>(e, "Id"))
        .Take(most)
        .ToListAsync(cancellationToken));

    /// <summary>Changes the row under its lock, and records the event that <paramref name="rule"/> returns, if any.</summary>
    public Task<(LaneStatus Lane, ThrottleEvent? Event)> Change(
        Func<LaneRow, DateTimeOffset, ThrottleEvent?> rule, CancellationToken cancellationToken) => InScope(async db =>
    {
        await Find(db, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var lanes = db.Database.IsNpgsql()
            ? db.Lanes.FromSql($"""SELECT * FROM "lanes"."lanes" WHERE name = {name} FOR UPDATE""")
            : db.Lanes.Where(lane => lane.Name == name); // the transaction locks the whole file on SQLite
        var row = await lanes.AsTracking().SingleAsync(cancellationToken);
        var now = await Now(db, cancellationToken);

        var change = rule(row, now);
        if (change is not null)
        {
            db.Events.Add(change).Property(LanesDb.LaneOfEvent).CurrentValue = name;
            await db.Events.Where(e => e.At < now - RememberFor).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (Status(row, now), change);
    });

    /// <summary>The row, if an opening of it was not published.</summary>
    public Task<LaneRow?> FindUnpublished(CancellationToken cancellationToken) => InScope(db => db.Lanes.AsNoTracking()
        .SingleOrDefaultAsync(lane => lane.Name == name && lane.UnpublishedSince != null, cancellationToken));

    /// <summary>Records that the opening at <paramref name="at"/> was published; a later opening stays unpublished.</summary>
    public Task MarkPublished(DateTimeOffset at, CancellationToken cancellationToken) => InScope(db => db.Lanes
        .Where(lane => lane.Name == name && lane.UnpublishedSince <= at)
        .ExecuteUpdateAsync(set => set.SetProperty(lane => lane.UnpublishedSince, (DateTimeOffset?)null), cancellationToken));

    private async Task<T> InScope<T>(Func<LanesDb, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<LanesDb>());
    }

    private LaneStatus Status(LaneRow row, DateTimeOffset now)
    {
        var status = new LaneStatus(row, now, row.View(now, options));
        cached = new(status.View, clock.GetTimestamp());
        return status;
    }

    private async Task<LaneRow> Find(LanesDb db, CancellationToken cancellationToken)
    {
        var rows = db.Lanes.AsNoTracking().Where(lane => lane.Name == name);
        if (await rows.SingleOrDefaultAsync(cancellationToken) is { } row)
            return row;

        try
        {
            db.Lanes.Add(new LaneRow { Name = name, FullRate = options.Rate, ChangedAt = await Now(db, cancellationToken) });
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process has inserted it.
        }

        db.ChangeTracker.Clear();
        return await rows.SingleAsync(cancellationToken);
    }

    private async Task<DateTimeOffset> Now(LanesDb db, CancellationToken cancellationToken) => db.Database.IsNpgsql()
        ? await db.Database.SqlQuery<DateTimeOffset>($"""SELECT clock_timestamp() AS "Value" """).SingleAsync(cancellationToken)
        : clock.GetUtcNow();
}
