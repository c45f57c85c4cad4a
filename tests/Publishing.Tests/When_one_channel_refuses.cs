using Podcast.Emulators.Transistor;
using Podcast.Emulators.YouTube.Chaos;

namespace Podcast.Publishing.Tests;

public sealed class When_one_channel_refuses : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory);
        publisher = await Publisher.Start(platforms, directory);
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(PublishingChannel.Transistor, PublishingChannel.Youtube)]
    [InlineData(PublishingChannel.Youtube, PublishingChannel.Transistor)]
    public async Task the_other_is_published_all_the_same(PublishingChannel refusing, PublishingChannel other)
    {
        if (refusing == PublishingChannel.Transistor)
            platforms.Transistor.Chaos = new TransistorDial { ProcessingFailurePercent = 100 };
        else
            platforms.YouTube.Chaos = new YouTubeDial { RejectPercent = 100 };
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video);

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, refusing, PublicationStatus.Failed);
        await publisher.Reaches(episode.EpisodeId, other, PublicationStatus.Published);

        (await publisher.Recorder.Sees<PublishingFailed>()).Channel.ShouldBe(refusing);
        (await publisher.Recorder.Sees<EpisodePublished>()).Channel.ShouldBe(other);
        (await publisher.Row(episode.EpisodeId, refusing)).PublishedAt.ShouldBeNull();
    }
}
