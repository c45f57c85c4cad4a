using Podcast.Emulators.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_a_show_has_video_at_Transistor : IAsyncLifetime
{
    private static readonly Uri Image = new("https://cdn.example/square.jpg");
    private readonly TemporaryDirectory directory = new();
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, transistor: options => options.Shows =
            [new TransistorShow { Id = "1", Slug = "bergfunk", TimeZone = "Europe/Vienna", HasVideoPlan = true }]);
        publisher = await Publisher.Start(platforms, directory);
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task it_gets_the_video_only_if_it_says_so(bool hasVideo)
    {
        var show = Samples.Show(youTube: false) with { Channels = new ShowChannels(new TransistorChannel("default", "1", hasVideo)) };
        await publisher.Hears(Samples.Changed(show));
        var episode = Samples.Episode(platforms, Samples.Bytes(1000), details: new EpisodeDetails(Image: Image));

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        var made = await platforms.OnlyTransistorEpisode();
        ((string?)made["video_url"] is not null).ShouldBe(hasVideo);
        ((bool)made["video_processing"]!).ShouldBeFalse();
        ((string?)made["image_url"]).ShouldBe(Image.AbsoluteUri);
    }
}
