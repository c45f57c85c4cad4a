using Podcast.Hosting.Bus;

namespace Podcast.Hosting.Startup;

/// <summary>
/// The verb <c>migrate</c>: migrates the databases, then declares the queues, so that they keep messages that are published
/// before a consumer runs.
/// </summary>
internal static class Migration
{
    /// <returns>A summary for the operator.</returns>
    public static async Task<string> Run(IServiceProvider services)
    {
        var timeout = services.GetRequiredService<IOptions<DataOptions>>().Value.MigrateTimeout;
        using var limit = new CancellationTokenSource(timeout);

        var applied = services.GetService<DatabaseStart>() is { } databases ? await databases.Migrate(timeout, CancellationToken.None) : [];
        if (services.GetService<BusMode>() is { } mode)
            mode.DeclareOnly = true;
        try
        {
            if (services.GetService<IBusControl>() is { } bus)
                await bus.DeployAsync(limit.Token);
        }
        catch (Exception failure) when (failure is MassTransitException or OperationCanceledException)
        {
            throw new StartupException(
                $"exchanges and queues could not be declared within {timeout}: {BusErrors.Describe(failure)}.", failure);
        }

        return $"{applied.Sum(names => names.Count)} migration(s) applied to {applied.Length} database(s), exchanges and queues declared";
    }
}
