using Podcast.Transistor;

namespace Podcast.Publishing.Transistor;

/// <summary>Adds the address of a published video to the episode at Transistor, if it is there already.</summary>
internal sealed class LinkVideoConsumer(PublishingDbContext database, TransistorCalls transistor) : IConsumer<EpisodePublished>
{
    public async Task Consume(ConsumeContext<EpisodePublished> context)
    {
        var video = context.Message;
        if (video.Channel != PublishingChannel.Youtube || video.Link is null)
            return;
        var id = PublicationId.Of(video.EpisodeId, PublishingChannel.Transistor);
        var episode = await database.Publications.AsNoTracking()
            .FirstOrDefaultAsync(one => one.CorrelationId == id, context.CancellationToken);
        if (episode?.RemoteId is not null) // if it has none, its release looks for the video
            await transistor.Update(episode, new EpisodeForm { YoutubeUrl = video.Link.AbsoluteUri }, context.CancellationToken);
    }
}
