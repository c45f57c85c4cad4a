using System.Collections.Concurrent;

namespace Podcast.Outbox;

/// <summary>
/// Queues the writers of this process on each SQLite file. SQLite allows one writer, and its driver waits for it by sleeping 150
/// ms at a time on the caller's thread. PostgreSQL does not wait here.
/// </summary>
internal sealed class WriteGate
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> files = new();

    /// <summary>Waits until the caller may write. Dispose the result when the transaction has ended.</summary>
    public async ValueTask<Turn> Enter(DbContext context, CancellationToken cancellationToken)
    {
        if (context.IsPostgres())
            return default;

        var file = files.GetOrAdd(context.Database.GetDbConnection().DataSource, _ => new SemaphoreSlim(1));
        await file.WaitAsync(cancellationToken);
        return new Turn(file);
    }

    internal readonly struct Turn(SemaphoreSlim? file) : IDisposable
    {
        public void Dispose() => file?.Release();
    }
}
