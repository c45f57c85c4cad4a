using System.Diagnostics.Metrics;

namespace Podcast.Outbox;

/// <summary>
/// The meter <c>Podcast.Outbox</c>: how long messages wait, and how many were set aside. Both are asked for only when somebody
/// collects, each by one query that an index answers.
/// </summary>
internal sealed class OutboxFigures<TDbContext>
    where TDbContext : DbContext
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    private readonly OutboxStore<TDbContext> store;
    private readonly TimeProvider clock;
    private readonly KeyValuePair<string, object?> label = new("outbox", OutboxName.Of<TDbContext>());

    public OutboxFigures(IMeterFactory meters, OutboxStore<TDbContext> store, TimeProvider clock)
    {
        (this.store, this.clock) = (store, clock);
        var meter = meters.Create("Podcast.Outbox");
        meter.CreateObservableGauge(
            "podcast.outbox.age", () => Measured(async (context, cancellationToken) =>
                await OldestSince(context, cancellationToken) is { } since
                    ? Math.Max(0, (await store.Now(context, cancellationToken) - since).TotalSeconds)
                    : 0),
            "s", "How long the oldest message that is committed and not sent has waited; 0 if there is none.");
        meter.CreateObservableGauge(
            "podcast.outbox.set_aside", () => Measured((context, cancellationToken) =>
                context.Set<DeadLetter>().LongCountAsync(cancellationToken)),
            "{message}", "Messages that could not be sent and were set aside.");
    }

    /// <summary>The time of the oldest message that was not sent yet, UTC; null if all were.</summary>
    public static async Task<DateTime?> OldestSince(DbContext context, CancellationToken cancellationToken)
    {
        var published = context.Set<OutboxState>().Where(row => row.Delivered == null).Select(row => (DateTime?)row.Created);
        var consumed = context.Set<InboxState>().Where(row => row.Delivered == null && row.Consumed != null).Select(row => row.Consumed);
        return await published.Concat(consumed).MinAsync(cancellationToken);
    }

    /// <summary>Nothing while the database does not answer. Collections have a thread of their own, which may wait.</summary>
    private IEnumerable<Measurement<T>> Measured<T>(Func<TDbContext, CancellationToken, Task<T>> read)
        where T : struct
    {
        using var end = new CancellationTokenSource(limit, clock);
        try
        {
            var value = Task.Run(() => store.Use(context => read(context, end.Token)).WaitAsync(end.Token)).GetAwaiter().GetResult();
            return [new Measurement<T>(value, label)];
        }
        catch (Exception)
        {
            return []; // OutboxWorker says why
        }
    }
}

/// <summary>What an outbox is called among others.</summary>
internal static class OutboxName
{
    /// <summary>The context's name without what all of them have: <c>ingest</c> for <c>IngestDb</c>.</summary>
    public static string Of<TDbContext>() => typeof(TDbContext).Name
        .Replace("DbContext", "", StringComparison.Ordinal).Replace("Db", "", StringComparison.Ordinal).ToLowerInvariant();
}
