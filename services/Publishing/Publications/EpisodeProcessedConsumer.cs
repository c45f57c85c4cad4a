namespace Podcast.Publishing.Publications;

/// <summary>Plans a publication for each channel of the episode's show. An episode without a show goes nowhere.</summary>
internal sealed class EpisodeProcessedConsumer(PublishingDbContext database, TimeProvider clock, ILogger<EpisodeProcessedConsumer> log)
    : IConsumer<EpisodeProcessed>
{
    public async Task Consume(ConsumeContext<EpisodeProcessed> context)
    {
        var episode = context.Message;
        if (await database.ShowOf(episode, context.CancellationToken) is not { } show)
        {
            // The settings of a show may come later than an episode of it: the retries wait for them.
            if (episode.Show is not null)
                throw new InvalidOperationException($"The show of episode {episode.EpisodeId} is not known yet.");
            log.NoShow(episode.EpisodeId);
            return;
        }

        foreach (var channel in Channels(show.Settings.Channels))
            await context.PublishUntilConfirmed(new PlanPublication(episode.EpisodeId, channel, episode, show.Settings), clock);
    }

    private static IEnumerable<PublishingChannel> Channels(ShowChannels channels)
    {
        if (channels.Transistor is not null)
            yield return PublishingChannel.Transistor;
        if (channels.Youtube is not null)
            yield return PublishingChannel.Youtube;
    }
}
