using Podcast.Emulators.Transistor;
using Podcast.Emulators.YouTube.Chaos;

namespace Podcast.Publishing.Tests;

public sealed class When_a_channel_refuses : IAsyncLifetime
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

    [Fact]
    public async Task long_title_is_named_before_anything_is_sent()
    {
        var failed = await Fails(title: new string('x', 101));

        failed.Reason.ShouldBe("youtube.title has 101 characters; at most 100 are allowed.");
        platforms.YouTube.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task wrong_channel_is_refused_before_the_upload()
    {
        var failed = await Fails(Samples.Show(transistor: false, channel: Samples.YouTube with { ChannelId = "UCsomebodyelse0000000001" }));

        failed.Reason.ShouldContain("belongs to the channel UCemulatedchannel0000001");
        failed.Advice.ShouldNotBeNull().ShouldContain("Nothing was uploaded");
        platforms.YouTube.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task unknown_account_is_named()
    {
        var failed = await Fails(Samples.Show(transistor: false, channel: Samples.YouTube with { Account = "other" }));

        failed.Reason.ShouldContain("under the name other");
        failed.Advice.ShouldNotBeNull().ShouldContain("connect youtube other");
    }

    [Fact]
    public async Task dead_token_asks_for_a_new_connection()
    {
        platforms.YouTube.Chaos = new YouTubeDial { RefreshTokensDead = true };

        var failed = await Fails();

        failed.Reason.ShouldContain("invalid_grant");
        failed.Advice.ShouldNotBeNull().ShouldContain("7 days");
    }

    [Fact]
    public async Task locked_video_is_explained()
    {
        platforms.YouTube.Chaos = new YouTubeDial { LockedToPrivate = true };

        var failed = await Fails();

        failed.Reason.ShouldContain("YouTube locks videos of projects that it has not audited");
    }

    [Fact]
    public async Task video_that_cannot_be_processed_is_explained()
    {
        platforms.YouTube.Chaos = new YouTubeDial { ProcessingFailPercent = 100, FailureReason = "codec" };

        (await Fails()).Reason.ShouldBe("YouTube could not process the video: codec.");
    }

    [Fact]
    public async Task swallowed_captions_are_noticed()
    {
        platforms.YouTube.Chaos = new YouTubeDial { SwallowCaptionsPercent = 100 };
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
        var episode = Samples.Episode(platforms, video);

        await publisher.Hears(episode);
        var published = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        published.Notes.ShouldContain("Without captions: YouTube accepted them, and they are not among the video's captions.");
    }

    [Fact]
    public async Task audio_that_cannot_be_processed_is_never_published()
    {
        platforms.Transistor.Chaos = new TransistorDial { ProcessingFailurePercent = 100 };
        await publisher.Hears(Samples.Changed(Samples.Show(youTube: false)));

        await publisher.Hears(Samples.Episode(platforms, video));

        (await publisher.Recorder.Sees<PublishingFailed>()).Reason.ShouldStartWith("Transistor could not process the audio");
        platforms.Transistor.Episodes.ShouldHaveSingleItem().Status.ShouldBe("draft");
    }

    [Fact]
    public async Task retry_goes_on_where_it_failed()
    {
        platforms.YouTube.Chaos = new YouTubeDial { RefreshTokensDead = true };
        var failed = await Fails();

        platforms.YouTube.Chaos = new YouTubeDial();
        await publisher.Hears(new RetryPublication(failed.EpisodeId, PublishingChannel.Youtube, "alice"));
        await publisher.Reaches(failed.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        platforms.YouTube.Videos.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(PublishingChannel.Youtube)]
    [InlineData(PublishingChannel.Transistor)]
    public async Task corrected_pattern_is_used_by_a_retry(PublishingChannel channel)
    {
        var show = Samples.Show(transistor: channel == PublishingChannel.Transistor, youTube: channel == PublishingChannel.Youtube);
        var failed = await Fails(show with { TitlePattern = "{title} :-}" });
        failed.Reason.ShouldContain("has no other half");

        await publisher.Hears(Samples.Changed(show with { TitlePattern = "{title} :-}}" }, version: 2));
        await publisher.Hears(new RetryPublication(failed.EpisodeId, channel, "alice"));
        await publisher.Reaches(failed.EpisodeId, channel, PublicationStatus.Published);

        (await publisher.Row(failed.EpisodeId, channel)).Show.TitlePattern.ShouldBe("{title} :-}}");
    }

    [Fact]
    public async Task corrected_channel_is_used_by_a_retry()
    {
        var failed = await Fails(Samples.Show(transistor: false, channel: Samples.YouTube with { ChannelId = "UCsomebodyelse0000000001" }));

        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false), version: 2));
        await publisher.Hears(new RetryPublication(failed.EpisodeId, PublishingChannel.Youtube, "alice"));

        await publisher.Reaches(failed.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
    }

    [Fact]
    public async Task begun_upload_keeps_the_settings_that_it_began_with()
    {
        platforms.YouTube.Chaos = new YouTubeDial { ProcessingFailPercent = 100, FailureReason = "codec" };
        var failed = await Fails();

        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false) with { TitlePattern = "New: {title}" }, version: 2));
        await publisher.Hears(new RetryPublication(failed.EpisodeId, PublishingChannel.Youtube, "alice"));

        (await publisher.Row(failed.EpisodeId, PublishingChannel.Youtube)).Show.TitlePattern.ShouldBeNull();
    }

    [Fact]
    public async Task connecting_the_account_retries_what_was_held()
    {
        var failed = await Fails(Samples.Show(transistor: false, channel: Samples.YouTube with { Account = "second" }));
        failed.Reason.ShouldBe("No YouTube account is connected under the name second.");

        (await publisher.Connect("second")).ShouldBe(0);

        await publisher.Reaches(failed.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
    }

    private async Task<PublishingFailed> Fails(ShowSettings? show = null, string title = "Auf der Hütte")
    {
        await publisher.Hears(Samples.Changed(show ?? Samples.Show(transistor: false)));
        await publisher.Hears(Samples.Episode(platforms, video, title: title));
        return await publisher.Recorder.Sees<PublishingFailed>();
    }
}
