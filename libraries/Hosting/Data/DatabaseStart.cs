using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Startup;

namespace Podcast.Hosting.Data;

/// <summary>Has the databases ready before anything uses them. Runs once, whoever asks.</summary>
internal sealed class DatabaseStart(
    IEnumerable<OwnedDatabase> databases, Migrator migrator, IOptions<DataOptions> options, ILogger<DatabaseStart> log)
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private Task? ready;

    /// <summary>Migrates what this host migrates by itself, and waits until the rest is: a new version waits for its <c>migrate</c>.</summary>
    public Task Ready(CancellationToken cancellationToken)
    {
        lock (gate)
            return ready ??= Task.WhenAll(databases.Select(database => Ready(database, cancellationToken)));
    }

    /// <summary>Migrates them all.</summary>
    public Task<IReadOnlyList<string>[]> Migrate(TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.WhenAll(databases.Select(database => Patiently(database, timeout, Migrate(database), cancellationToken)));

    private async Task Ready(OwnedDatabase database, CancellationToken cancellationToken)
    {
        var mayMigrate = await migrator.MayMigrateOnStart(database, options.Value);
        await Patiently(
            database, options.Value.StartTimeout, mayMigrate ? Migrate(database) : token => Check(database, token), cancellationToken);
    }

    private Func<CancellationToken, Task<IReadOnlyList<string>>> Migrate(OwnedDatabase database) => async token =>
    {
        var applied = await migrator.Migrate(database, token);
        if (applied.Count > 0)
            log.Migrated(database.Owner, applied.Count);
        return applied;
    };

    private async Task<IReadOnlyList<string>> Check(OwnedDatabase database, CancellationToken cancellationToken)
    {
        var missing = await migrator.Missing(database, cancellationToken);
        return missing.Count == 0 ? missing : throw new NotMigratedException(missing.Count);
    }

    /// <summary>Does <paramref name="work"/> again until the database is there and as it should be, or time is up.</summary>
    private static async Task<T> Patiently<T>(
        OwnedDatabase database, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var reason = "it did not answer, or another migrator is at work on it";
        while (true)
        {
            try
            {
                return await work(limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new StartupException($"The database {database.Owner} was not ready after {timeout}: {reason}.");
            }
            catch (Exception failure) when (failure is NotMigratedException || DatabaseErrors.IsPassing(failure))
            {
                reason = failure is NotMigratedException ? failure.Message : DatabaseErrors.Describe(failure);
                await Task.Delay(pause, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new StartupException($"The database {database.Owner} cannot be used: {DatabaseErrors.Explain(failure).TrimEnd('.')}.", failure);
            }
        }
    }

    private sealed class NotMigratedException(int missing) : Exception(DatabaseCheck.NotMigrated(missing));
}
