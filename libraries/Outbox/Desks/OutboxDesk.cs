namespace Podcast.Outbox;

/// <summary>An outbox as people see it; of this process there is one per context, an <c>IEnumerable</c> of them.</summary>
public interface IOutboxDesk
{
    /// <summary>What it is called among others: <c>ingest</c> for the context <c>IngestDb</c>.</summary>
    string Name { get; }

    /// <summary>What waits in it, with the newest <paramref name="most"/> messages that were set aside.</summary>
    Task<OutboxLook> Look(int most, CancellationToken cancellationToken);

    /// <summary>Lets the next sweep try a message again that was set aside.</summary>
    /// <returns>False if no such message has this id.</returns>
    Task<bool> SendAgain(long id, CancellationToken cancellationToken);
}

/// <summary>What waits in an outbox.</summary>
/// <param name="WaitingSince">The time of the oldest message that was not sent yet, UTC; null if all were.</param>
/// <param name="SetAside">How many messages were set aside.</param>
/// <param name="Newest">The newest of these, with times in UTC, and without the messages themselves.</param>
/// <param name="Problem">Why nothing is known of it; null if the rest is known.</param>
public sealed record OutboxLook(DateTime? WaitingSince, int SetAside, IReadOnlyList<DeadLetter> Newest, string? Problem = null);

internal sealed class OutboxDesk<TDbContext>(OutboxStore<TDbContext> store) : IOutboxDesk
    where TDbContext : DbContext
{
    public string Name { get; } = OutboxName.Of<TDbContext>();

    public Task<OutboxLook> Look(int most, CancellationToken cancellationToken) => store.Use(async context =>
    {
        var since = await OutboxFigures<TDbContext>.OldestSince(context, cancellationToken);
        var count = await context.Set<DeadLetter>().CountAsync(cancellationToken);
        var newest = count == 0 ? [] : await context.Set<DeadLetter>().AsNoTracking()
            .OrderByDescending(letter => letter.Id).Take(most).ToListAsync(cancellationToken);
        foreach (var letter in newest)
            (letter.SetAsideAt, letter.RetryAt, letter.Message) = (Utc(letter.SetAsideAt), letter.RetryAt is { } at ? Utc(at) : null, "");
        return new OutboxLook(since is { } time ? Utc(time) : null, count, newest);
    });

    public async Task<bool> SendAgain(long id, CancellationToken cancellationToken) => await store.Write(
        async context =>
        {
            DateTime? now = await store.Now(context, cancellationToken);
            return await context.Set<DeadLetter>().Where(letter => letter.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(letter => letter.RetryAt, now), cancellationToken);
        },
        cancellationToken) > 0;

    /// <summary>SQLite does not keep of which zone a time is.</summary>
    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
