using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Podcast.Throttling.Calls;

namespace Podcast.Throttling.Data;

/// <summary>
/// Reads and changes a lane's row. Taking permits needs one statement; the other changes lock the row and are rare.
/// </summary>
internal sealed class LaneStore(string name, ThrottleOptions options, IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(90);

    private volatile Cached? cached;

    public string Name => name;

    /// <summary>
    /// Takes up to <paramref name="count"/> permits (one if the lane is paused); null if none is available now: see
    /// <see cref="Read"/>.
    /// </summary>
    /// <param name="kind">The kind of the calls: see <see cref="Permit.Kind"/>.</param>
    /// <param name="share">The fraction of the rate at which calls are sent.</param>
    public async Task<Lease?> Take(string kind, int count, double share, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LanesDb>();
        var leases = await db.Database.SqlQueryRaw<Lease>(
                LaneSql.Take(db),
                name, count, options.Rate, options.LongestWait.TotalSeconds, options.Recovery.TotalSeconds, options.LongestProbe.TotalSeconds,
                clock.GetUtcNow().ToUnixTimeMilliseconds(), share, kind)
            .ToListAsync(cancellationToken);
        return leases.SingleOrDefault();
    }

    /// <summary>Reads the row, and inserts it if it does not exist.</summary>
    public async Task<LaneStatus> Read(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LanesDb>();
        return Status(await Find(db, cancellationToken), await Now(db, cancellationToken));
    }

    /// <summary>The status of the lane, cached for at most <paramref name="age"/>.</summary>
    public async Task<ThrottleStatus> View(TimeSpan age, CancellationToken cancellationToken) =>
        cached is { } status && clock.GetElapsedTime(status.At) < age ? status.View : (await Read(cancellationToken)).View;

    /// <summary>The latest events, newest first.</summary>
    public async Task<IReadOnlyList<LaneEventRow>> Events(int most, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LanesDb>();
        return await db.Events.AsNoTracking()
            .Where(e => e.Lane == name).OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Changes the row under its lock, and records the event that <paramref name="rule"/> returns, if any.</summary>
    public async Task<(LaneStatus Status, LaneEventRow? Event)> Change(
        Func<LaneRow, DateTimeOffset, LaneEventRow?> rule, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LanesDb>();
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
            db.Events.Add(change);
            await db.Events.Where(e => e.At < now - RememberFor).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (Status(row, now), change);
    }

    private LaneStatus Status(LaneRow row, DateTimeOffset now)
    {
        var status = LaneStatus.Of(row, now, options);
        cached = new Cached(status.View, clock.GetTimestamp());
        return status;
    }

    /// <summary>Records that the opening at <paramref name="at"/> was published; a later opening stays unpublished.</summary>
    public async Task MarkPublished(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LanesDb>().Lanes
            .Where(lane => lane.Name == name && lane.UnpublishedSince <= at)
            .ExecuteUpdateAsync(set => set.SetProperty(lane => lane.UnpublishedSince, (DateTimeOffset?)null), cancellationToken);
    }

    private async Task<LaneRow> Find(LanesDb db, CancellationToken cancellationToken)
    {
        var rows = db.Lanes.AsNoTracking().Where(lane => lane.Name == name);
        if (await rows.SingleOrDefaultAsync(cancellationToken) is { } row)
            return row;

        try
        {
            db.Lanes.Add(new LaneRow { Name = name, ChangedAt = await Now(db, cancellationToken) });
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

    private sealed record Cached(ThrottleStatus View, long At);
}
