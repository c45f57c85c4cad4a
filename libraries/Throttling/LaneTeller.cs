using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Podcast.Throttling;

/// <summary>
/// Sees to it that an opening of the lane becomes known, whatever became of the process that opened it, or of its broker: any process that
/// shares the lane tells what is untold. Told twice is no harm.
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
