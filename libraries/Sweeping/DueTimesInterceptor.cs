using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Podcast.Sweeping;

/// <summary>
/// Tells <see cref="DueTimes{TSaga}"/> the times that this process has saved, after the commit: before it a sweep would not find the
/// row, and forget the time.
/// </summary>
internal sealed class DueTimesInterceptor<TSaga>(DueTimes<TSaga> times) : SaveChangesInterceptor, IDbTransactionInterceptor
    where TSaga : class, IDue
{
    private readonly ConditionalWeakTable<DbContext, StrongBox<DateTimeOffset?>> uncommitted = [];

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        if (eventData.Context is { } context)
            Note(context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(SavedChanges(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    private void Note(DbContext context)
    {
        if (Earliest(context.ChangeTracker) is not { } at)
            return;
        if (context.Database.CurrentTransaction is null)
            times.Expect(at);
        else if (uncommitted.TryGetValue(context, out var known))
            known.Value = known.Value < at ? known.Value : at;
        else
            uncommitted.Add(context, new(at));
    }

    private void Tell(DbContext? context)
    {
        if (context is not null && uncommitted.TryGetValue(context, out var known) && uncommitted.Remove(context))
            times.Expect(known.Value);
    }

    private static DateTimeOffset? Earliest(ChangeTracker tracker)
    {
        // Everything has just been saved; the entries would detect changes once more.
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        var earliest = tracker.Entries<TSaga>().Min(entry => entry.Entity.DueAt);
        tracker.AutoDetectChangesEnabled = detects;
        return earliest;
    }
}
