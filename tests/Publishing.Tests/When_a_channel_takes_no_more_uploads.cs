namespace Podcast.Publishing.Tests;

public sealed class When_a_channel_takes_no_more_uploads : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, youTube: options => options.ChannelUploadsPerDay = 1);
        publisher = await Publisher.Start(platforms, directory);
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task all_its_episodes_wait_and_youtube_is_asked_once()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false, captions: CaptionsPolicy.Off)));
        var first = Samples.Episode(platforms, video);
        await publisher.Hears(first);
        await publisher.Reaches(first.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        var refused = await Waits();
        var asked = Inserts();
        var next = await Waits();

        refused.Reason.ShouldNotBeNull().ShouldContain("uploadLimitExceeded");
        refused.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
        refused.PlannedAt.ShouldBe(refused.DueAt);
        next.Reason.ShouldBe(refused.Reason);
        next.DueAt.ShouldNotBeNull().ShouldBe(refused.DueAt.Value, TimeSpan.FromMilliseconds(1)); // SQLite keeps no more
        Inserts().ShouldBe(asked);
    }

    [Fact]
    public async Task a_retry_asks_once_more_and_wakes_the_others()
    {
        using var hand = new Hand(platforms);
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false, captions: CaptionsPolicy.Off)));
        var uploaded = Samples.Episode(platforms, video);
        await publisher.Hears(uploaded);
        await publisher.Reaches(uploaded.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        var first = await Waits();
        var other = await Waits();
        var asked = Inserts();

        await Retry(first.EpisodeId);
        await Eventually.Holds(() => Inserts() == asked + 1, "YouTube was asked once more, and refused");
        await Eventually.Holds(
            async () => (await publisher.Row(first.EpisodeId, PublishingChannel.Youtube)) is { IsAsked: false }, "it waits again");

        await hand.DeleteVideo(); // so the channel takes one more
        await Retry(first.EpisodeId);
        await publisher.Reaches(first.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        await Eventually.Holds(() => Inserts() == asked + 3, "the other one does not wait any longer, and is refused");
        await Eventually.Holds(
            async () => (await publisher.Row(other.EpisodeId, PublishingChannel.Youtube)) is { IsAsked: false }, "it waits again");
    }

    private Task Retry(Guid episodeId) => publisher.Hears(new RetryPublication(episodeId, PublishingChannel.Youtube, "alice"));

    private int Inserts() => platforms.YouTube.Quota.Sum(day => day.Inserts);

    private async Task<PublicationChanged> Waits()
    {
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode);
        return await publisher.Recorder.Sees<PublicationChanged>(
            change => change.EpisodeId == episode.EpisodeId && change.DueAt is not null);
    }
}
