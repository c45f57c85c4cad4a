namespace Podcast.Hosting.Data;

/// <summary>Prepares the databases before any other hosted service starts. Runs once, however many callers await it.</summary>
internal sealed class DatabaseStart(
    IEnumerable<OwnedDatabase> databases, Migrator migrator, IOptions<DataOptions> options, ILogger<DatabaseStart> log)
    : IHostedLifecycleService
{
    private static readonly TimeSpan shortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(2); // EF Core logs an error for each attempt

    private readonly Lock gate = new();
    private Task? ready;

    /// <summary>
    /// Migrates the databases that this host may migrate, and waits until the others are migrated by the <c>migrate</c> verb.
    /// </summary>
    public Task Ready(CancellationToken cancellationToken)
    {
        lock (gate)
            ready ??= ForEach(database => Ready(database, cancellationToken));
        return ready.WaitAsync(cancellationToken); // another caller may have begun it, with another token
    }

    /// <summary>Migrates all databases of this host.</summary>
    public Task<IReadOnlyList<string>[]> Migrate(TimeSpan timeout, CancellationToken cancellationToken) =>
        ForEach(database => Patiently(database, timeout, Migrate(database), cancellationToken));

    public Task StartingAsync(CancellationToken cancellationToken) => Ready(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All at the same time. SQLite never waits asynchronously, so each needs a thread.</summary>
    private Task<T[]> ForEach<T>(Func<OwnedDatabase, Task<T>> work) =>
        Task.WhenAll(databases.Select(database => Task.Run(() => work(database))));

    private async Task<IReadOnlyList<string>> Ready(OwnedDatabase database, CancellationToken cancellationToken)
    {
        var mayMigrate = await migrator.MayMigrateOnStart(database, options.Value);
        return await Patiently(
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

    /// <summary>
    /// Repeats <paramref name="work"/> while the database does not answer or is not migrated, until <paramref name="timeout"/> is
    /// over.
    /// </summary>
    private async Task<T> Patiently<T>(
        OwnedDatabase database, TimeSpan timeout, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var reason = "it did not answer, or another migrator is at work on it";
        for (var pause = shortestPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
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
                var now = failure is NotMigratedException ? failure.Message : DatabaseErrors.Describe(failure);
                if (now != reason)
                    log.Waiting(database.Owner, timeout, reason = now);
                await Task.Delay(pause, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                var why = DatabaseErrors.Explain(failure).TrimEnd('.');
                throw new StartupException($"The database {database.Owner} cannot be used: {why}.", failure);
            }
        }
    }

    private sealed class NotMigratedException(int missing) : Exception(DatabaseCheck.NotMigrated(missing));
}
