namespace Podcast.Publishing.Tests;

public sealed class When_a_release_time_passes : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private readonly ShiftedClock clock = new();
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, clock);
        publisher = await Publisher.Start(platforms, directory, clock);
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task a_late_episode_goes_out_at_once_and_complete()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(approval: ApprovalPolicy.Approve)));
        var episode = Samples.Episode(platforms, video, details: new EpisodeDetails(PublishAt: clock.GetUtcNow().AddHours(1)));
        await publisher.Hears(episode);
        foreach (var channel in Enum.GetValues<PublishingChannel>())
            await publisher.Reaches(episode.EpisodeId, channel, PublicationStatus.AwaitsApproval);

        clock.By = TimeSpan.FromHours(2);
        foreach (var channel in Enum.GetValues<PublishingChannel>())
        {
            await publisher.Hears(new ApprovePublication(episode.EpisodeId, channel, "olga", DateTimeOffset.UnixEpoch));
            (await publisher.Reaches(episode.EpisodeId, channel, PublicationStatus.Published)).PublicAt.ShouldBeNull();
        }

        var released = platforms.YouTube.Videos.Single();
        (released.Privacy, released.Captions.Count, released.Content.Sha256).ShouldBe(("public", 1, Platforms.Sha256(video)));
        platforms.Transistor.Episodes.Single().Transitions.ShouldHaveSingleItem().SentSilence.ShouldBeFalse();
        platforms.Transistor.Episodes.Single().Status.ShouldBe("published");
    }
}
