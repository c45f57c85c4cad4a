using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Podcast.Throttling;

/// <summary>
/// Publishes the opening of a lane if the process that opened it could not, because it or its broker failed. Every process that
/// shares the lane checks this; publishing twice is harmless, because consumers are idempotent.
/// </summary>
internal sealed class LaneTeller(ProviderThrottle lane, TimeProvider clock, ILogger<ProviderThrottle> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await lane.TellWhatIsUntold(stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                logger.NotTold(lane.Name, trouble.GetBaseException().GetType().Name);
            }
        }
    }
}
