using Podcast.Emulators.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_Transistor_is_in_trouble : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, transistor: options =>
        {
            options.RequestsPerWindow = 3;
            options.Window = TimeSpan.FromMilliseconds(300);
        });
        publisher = await Publisher.Start(platforms, directory, settings: ("Lanes:Transistor:PauseWhenTooMany", "00:00:00.400"));
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task too_many_requests_wait_and_fail_nothing()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(youTube: false)));
        var episode = Samples.Episode(platforms, video);

        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        platforms.Transistor.Keys.ShouldContain(key => key.Refused > 0);
        platforms.Transistor.Episodes.ShouldHaveSingleItem().Status.ShouldBe("published");
        publisher.Recorder.Published<PublicationChanged>().ShouldAllBe(change => change.Status != PublicationStatus.Failed);
    }

    [Fact]
    public async Task release_that_fails_is_tried_again_on_the_same_draft()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(youTube: false, approval: ApprovalPolicy.Approve)));
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode);
        var ready = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.AwaitsApproval);

        platforms.Transistor.Chaos = new TransistorDial { ServerErrorPercent = 100 };
        await publisher.Hears(new ApprovePublication(episode.EpisodeId, PublishingChannel.Transistor, "olga", DateTimeOffset.UnixEpoch));
        await publisher.Recorder.Sees<PublicationChanged>(change => change is { Step: "release", Reason: not null, DueAt: not null });
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");
        platforms.Transistor.Chaos = new TransistorDial();
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        var published = platforms.Transistor.Episodes.ShouldHaveSingleItem();
        (published.Id, published.Status).ShouldBe((ready.RemoteId!, "published"));
    }
}
