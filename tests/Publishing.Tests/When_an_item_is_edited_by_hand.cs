using Podcast.Emulators.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_an_item_is_edited_by_hand : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private Platforms platforms = null!;
    private TransistorEmulatorOptions transistor = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, transistor: options => transistor = options);
        publisher = await Publisher.Start(platforms, directory);
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task description_by_hand_stays_and_a_person_is_asked()
    {
        using var hand = new Hand(platforms);
        var episode = await IsReady(PublishingChannel.Youtube);
        await hand.DescribeVideo("By hand", "Written by hand.");

        await Approve(episode, PublishingChannel.Youtube);
        var failed = await publisher.Recorder.Sees<PublishingFailed>();
        failed.Reason.ShouldStartWith("Somebody has edited the video's description by hand on YouTube.");
        platforms.YouTube.Videos.Single().Privacy.ShouldBe("private");

        await hand.ReleaseVideo();
        await publisher.Hears(new RetryPublication(episode, PublishingChannel.Youtube, "olga"));
        await publisher.Reaches(episode, PublishingChannel.Youtube, PublicationStatus.Published);
        ((string?)(await hand.ReadVideo())["snippet"]!["description"]).ShouldBe("Written by hand.");
    }

    [Fact]
    public async Task deleted_video_is_said_and_not_uploaded_again()
    {
        using var hand = new Hand(platforms);
        var episode = await IsReady(PublishingChannel.Youtube);
        await hand.DeleteVideo();

        await Approve(episode, PublishingChannel.Youtube);

        (await publisher.Recorder.Sees<PublishingFailed>()).Reason.ShouldBe("The video is no longer on YouTube.");
        platforms.YouTube.Videos.ShouldBeEmpty();
    }

    [Fact]
    public async Task title_by_hand_stays_at_Transistor()
    {
        using var hand = new Hand(platforms);
        var episode = await IsReady(PublishingChannel.Transistor);
        await hand.NameEpisode("By hand");

        await Approve(episode, PublishingChannel.Transistor);
        await publisher.Reaches(episode, PublishingChannel.Transistor, PublicationStatus.Published);

        platforms.Transistor.Episodes.Single().Title.ShouldBe("By hand");
    }

    [Fact]
    public async Task replaced_audio_is_processed_before_its_release()
    {
        using var hand = new Hand(platforms);
        var episode = await IsReady(PublishingChannel.Transistor);
        transistor.ProcessingTime = TimeSpan.FromHours(1);
        await hand.ReplaceAudio(new Uri(platforms.Address, "files/a.mp3"));

        await Approve(episode, PublishingChannel.Transistor);
        await publisher.Recorder.Sees<PublicationChanged>(
            change => change is { Step: "release", Reason: "Transistor is processing the audio." });
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");

        transistor.ProcessingTime = TimeSpan.Zero;
        await hand.ReplaceAudio(new Uri(platforms.Address, "files/a.mp3?again"));
        await publisher.Reaches(episode, PublishingChannel.Transistor, PublicationStatus.Published);
    }

    [Fact]
    public async Task replaced_audio_that_is_broken_is_never_released()
    {
        using var hand = new Hand(platforms);
        var episode = await IsReady(PublishingChannel.Transistor);
        platforms.Transistor.Chaos = new TransistorDial { ProcessingFailurePercent = 100 };
        await hand.ReplaceAudio(new Uri(platforms.Address, "files/a.mp3"));

        await Approve(episode, PublishingChannel.Transistor);

        (await publisher.Recorder.Sees<PublishingFailed>()).Reason.ShouldStartWith("Transistor could not process the audio");
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");
    }

    [Fact]
    public async Task another_time_by_hand_is_noted()
    {
        using var hand = new Hand(platforms);
        var wanted = TimeProvider.System.GetUtcNow().AddDays(3);
        var episode = await IsReady(PublishingChannel.Youtube, wanted);
        await hand.DescribeVideo("By hand", "Written by hand.");
        await hand.ScheduleVideo(wanted.AddDays(1));

        await Approve(episode, PublishingChannel.Youtube);

        var published = await publisher.Reaches(episode, PublishingChannel.Youtube, PublicationStatus.Published);
        published.PublicAt.ShouldNotBeNull().ShouldBe(wanted.AddDays(1), TimeSpan.FromSeconds(1));
        published.Notes.ShouldContain(note => note.EndsWith($"although {wanted.UtcDateTime:u} was asked for."));
    }

    /// <summary>Everything is on the channel, and waits for approval.</summary>
    private async Task<Guid> IsReady(PublishingChannel channel, DateTimeOffset? publishAt = null)
    {
        await publisher.Hears(Samples.Changed(Samples.Show(
            transistor: channel == PublishingChannel.Transistor, youTube: channel == PublishingChannel.Youtube,
            approval: ApprovalPolicy.Approve)));
        var episode = Samples.Episode(platforms, video, details: new EpisodeDetails(PublishAt: publishAt));
        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, channel, PublicationStatus.AwaitsApproval);
        return episode.EpisodeId;
    }

    private Task Approve(Guid episode, PublishingChannel channel) =>
        publisher.Hears(new ApprovePublication(episode, channel, "olga", DateTimeOffset.UnixEpoch));
}
