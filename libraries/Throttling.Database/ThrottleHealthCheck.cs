using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Podcast.Throttling;

/// <summary>Degraded, with the reason, if the lane is paused. Not unhealthy, because the rest of the process works.</summary>
internal sealed class ThrottleHealthCheck(ProviderThrottle lane) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var view = await lane.Read(cancellationToken);
            return view.State switch
            {
                LaneState.Paused => HealthCheckResult.Degraded($"calls are paused since {view.Since:u}: {view.Why}"),
                LaneState.Slowed => HealthCheckResult.Healthy($"calls go {view.Pace}: {view.Why}"),
                _ => HealthCheckResult.Healthy(),
            };
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("it cannot be asked how the lane stands"); // reason: see the database's check
        }
    }
}
