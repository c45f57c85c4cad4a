namespace Podcast.Publishing.Tests;

public sealed class When_a_person_decides : IAsyncLifetime
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
    public async Task nothing_is_public_before_the_approval()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(approval: ApprovalPolicy.Approve)));
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.AwaitsApproval);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.AwaitsApproval);
        platforms.YouTube.Videos.Single().Privacy.ShouldBe("private");
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");

        await publisher.Hears(new ApprovePublication(episode.EpisodeId, PublishingChannel.Youtube, "olga", DateTimeOffset.UnixEpoch));
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        platforms.YouTube.Videos.Single().Privacy.ShouldBe("public");
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");
        (await publisher.Row(episode.EpisodeId, PublishingChannel.Youtube)).ApprovedBy.ShouldBe("olga");
    }

    [Fact]
    public async Task retraction_takes_it_down_and_says_what_remains()
    {
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode);
        foreach (var channel in Enum.GetValues<PublishingChannel>())
            await publisher.Reaches(episode.EpisodeId, channel, PublicationStatus.Published);

        foreach (var channel in Enum.GetValues<PublishingChannel>())
            await publisher.Hears(new RetractPublication(episode.EpisodeId, channel, "olga", "the wrong file"));
        var youTube = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Retracted);
        var transistor = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Retracted);

        platforms.YouTube.Videos.Single().Privacy.ShouldBe("private");
        platforms.Transistor.Episodes.Single().Status.ShouldBe("draft");
        youTube.Notes.ShouldContain("It remains on YouTube as a private video.");
        transistor.Notes.ShouldContain(note => note.StartsWith("It remains at Transistor as a draft."));
    }

    [Fact]
    public async Task held_release_waits_until_it_is_let_go_and_moves()
    {
        var at = new DateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(3).Date.AddHours(6), TimeSpan.Zero);
        await publisher.Hears(Samples.Changed(Samples.Show(approval: ApprovalPolicy.Approve, transistor: false)));
        var episode = Samples.Episode(platforms, video);
        var (id, channel) = (episode.EpisodeId, PublishingChannel.Youtube);
        await publisher.Hears(episode);
        await publisher.Hears(new HoldPublication(id, channel, "olga", DateTimeOffset.UnixEpoch, "wait for the guest"));
        var held = await publisher.Recorder.Sees<PublicationChanged>(change => change.EpisodeId == id && change.HeldBy == "olga");
        await publisher.Hears(new ApprovePublication(id, channel, "olga", DateTimeOffset.UnixEpoch));
        await publisher.Hears(new MoveRelease(id, channel, at, "ben", DateTimeOffset.UnixEpoch));
        await Eventually.Holds(async () => await publisher.Row(id, channel) is { IsAsked: false }, "the step that was under way has ended");
        var row = await publisher.Row(id, channel);
        (row.DueAt, row.MovedTo).ShouldBe((null, at));
        platforms.YouTube.Videos.ShouldAllBe(video => video.Privacy == "private");

        await publisher.Hears(new ResumePublication(id, channel, "olga", DateTimeOffset.UnixEpoch, "the guest agrees"));
        var done = await publisher.Reaches(id, channel, PublicationStatus.Published);

        (held.HeldWhy, held.Status, held.PlannedAt).ShouldBe(("wait for the guest", PublicationStatus.Publishing, null));
        done.PublicAt.ShouldBe(at);
        done.Notes.ShouldContain("Held by olga, 1970-01-01 00:00:00Z: wait for the guest");
        done.Notes.ShouldContain("Let go by olga, 1970-01-01 00:00:00Z: the guest agrees");
        done.Notes.ShouldContain($"Moved to {at:u} by ben, 1970-01-01 00:00:00Z.");
    }

    [Fact]
    public async Task planned_time_is_kept_on_both_channels()
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(3).Date.AddHours(6);
        await publisher.Hears(Samples.Changed(Samples.Show()));
        var episode = Samples.Episode(platforms, video, details: new EpisodeDetails(PublishAt: new DateTimeOffset(at, TimeSpan.Zero)));

        await publisher.Hears(episode);
        var youTube = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
        var transistor = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        youTube.PublicAt!.Value.UtcDateTime.ShouldBe(at);
        transistor.PublicAt!.Value.UtcDateTime.ShouldBe(at);
        platforms.YouTube.Videos.Single().Privacy.ShouldBe("private");
        platforms.Transistor.Episodes.Single().Status.ShouldBe("scheduled");
    }
}
