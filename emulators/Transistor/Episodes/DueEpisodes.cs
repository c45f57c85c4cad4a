namespace Podcast.Emulators.Transistor;

/// <summary>Publishes scheduled episodes, and tells it, although nobody asks for them.</summary>
internal sealed class DueEpisodes(EpisodeBook episodes, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            _ = episodes.All;
    }
}
