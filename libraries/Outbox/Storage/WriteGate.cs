using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Podcast.Outbox;

/// <summary>
/// SQLite has one writer, and its driver waits for that by sleeping 150 ms at a time on the caller's thread: within this process
/// writers queue here instead. Other databases pass.
/// </summary>
internal sealed class WriteGate
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> files = new();

    /// <summary>Waits for the turn to write; dispose it when the transaction has ended.</summary>
    public async ValueTask<Turn> Enter(DbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.ProviderName != "Microsoft.EntityFrameworkCore.Sqlite")
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
