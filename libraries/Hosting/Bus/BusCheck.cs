namespace Podcast.Hosting.Bus;

/// <summary>Healthy if the bus is connected and every endpoint consumes; the reason names the queues that do not.</summary>
internal sealed class BusCheck(IBusControl bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = bus.CheckHealth();
        if (health.Status == BusHealthStatus.Healthy)
            return Task.FromResult(HealthCheckResult.Healthy());

        var away = health.Endpoints.Where(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy).ToList();
        var why = BusErrors.Describe(away.Select(endpoint => endpoint.Value.Exception).FirstOrDefault(cause => cause is not null) ?? health.Exception);
        var queues = away.Select(endpoint => endpoint.Key).Where(address => address != bus.Address.ToString()).Select(Name).Order().ToList();
        return Task.FromResult(HealthCheckResult.Unhealthy(queues.Count == 0 ? why : $"{why}; not consuming: {string.Join(", ", queues)}"));
    }

    private static string Name(string address) => address.Split('?')[0].Split('/')[^1];
}
