namespace Podcast.Publishing.Tests;

public sealed class When_an_episode_is_processed : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes((3 * PublishingOptions.ChunkUnit) + 1000);
    private readonly byte[] audio = Samples.Bytes(300_000, 2);
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

    [Fact]
    public async Task transistor_has_its_audio_with_chapters()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(youTube: false)));
        var episode = Samples.Episode(platforms, video, audio);

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        var published = platforms.Transistor.Episodes.ShouldHaveSingleItem();
        var row = await publisher.Row(episode.EpisodeId, PublishingChannel.Transistor);
        published.Status.ShouldBe("published");
        published.Sha256.ShouldBe(row.Sha256);
        row.Total.ShouldNotBeNull().ShouldBeGreaterThan(audio.Length);
        published.Title.ShouldBe("Auf der Hütte");
        published.Transitions.ShouldAllBe(transition => !transition.SentSilence);
        var told = await publisher.Recorder.Sees<EpisodePublished>();
        told.RemoteId.ShouldBe(published.Id);
        told.Link.ShouldNotBeNull();
    }

    [Fact]
    public async Task youtube_has_video_captions_and_thumbnail()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
        var episode = Samples.Episode(platforms, video, audio);

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        var published = platforms.YouTube.Videos.ShouldHaveSingleItem();
        published.Privacy.ShouldBe("public");
        published.Content.Sha256.ShouldBe(Platforms.Sha256(video));
        published.Received.Count.ShouldBe(4);
        published.RepeatedBytes.ShouldBe(0);
        published.Captions.ShouldHaveSingleItem().Cues!.Count.ShouldBe(2);
        published.Thumbnail!.Length.ShouldBe(7);
        (await publisher.Recorder.Sees<EpisodePublished>()).Link!.Query.ShouldContain(published.Id);
    }

    [Fact]
    public async Task transistor_links_to_the_video()
    {
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video, audio);

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        await Eventually.Holds(
            async () => (string?)(await platforms.OnlyTransistorEpisode())["youtube_url"]
                == $"https://www.youtube.com/watch?v={platforms.YouTube.Videos.Single().Id}",
            "Transistor has the video's address");
    }

    [Fact]
    public async Task a_second_message_publishes_nothing()
    {
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video, audio);
        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        await publisher.Hears(episode);
        await publisher.Hears(episode with { EpisodeId = Guid.NewGuid(), Show = null, OwnerId = "bob" });

        platforms.YouTube.Videos.Count.ShouldBe(1);
        platforms.Transistor.Episodes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task expired_address_is_renewed_at_Ittybit()
    {
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video, audio);
        platforms.Expire("v.mp4");
        platforms.Expire("a.mp3");

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        platforms.YouTube.Videos.Single().Content.Sha256.ShouldBe(Platforms.Sha256(video));
    }
}
