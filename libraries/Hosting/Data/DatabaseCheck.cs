namespace Podcast.Hosting.Data;

/// <summary>Healthy if the database answers within 3 s and has all migrations of this version.</summary>
internal sealed class DatabaseCheck(OwnedDatabase database, Migrator migrator) : IHealthCheck
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(3);

    public static string NotMigrated(int missing) => $"{missing} migration(s) not applied: run the host with `migrate`";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            var missing = await migrator.Missing(database, deadline.Token);
            return missing.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(NotMigrated(missing.Count));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(DatabaseErrors.Describe(failure));
        }
    }
}
