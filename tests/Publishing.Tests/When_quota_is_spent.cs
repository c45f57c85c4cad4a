namespace Podcast.Publishing.Tests;

public sealed class When_quota_is_spent : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(1000);
    private Platforms platforms = null!;

    public async Task InitializeAsync() => platforms = await Platforms.Start(directory, youTube: options => options.InsertsPerDay = 1);

    public async Task DisposeAsync()
    {
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task waiting_episode_says_when_it_goes_and_why()
    {
        await using var publisher = await Publisher.Start(platforms, directory, settings: ("YouTube:InsertsPerDay", "1"));
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false, captions: CaptionsPolicy.Off)));
        var first = Samples.Episode(platforms, video);
        await publisher.Hears(first);
        await publisher.Reaches(first.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        var second = Samples.Episode(platforms, video, at: first.At.AddHours(1));
        await publisher.Hears(second);
        var waits = await publisher.Recorder.Sees<PublicationChanged>(change => change.EpisodeId == second.EpisodeId && change.DueAt is not null);

        waits.Reason.ShouldNotBeNull().ShouldStartWith("YouTube takes 1 uploads a day from this Google project");
        waits.DueAt.ShouldNotBeNull().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        (waits.DueAt.Value.Minute, waits.DueAt.Value.Hour is 7 or 8).ShouldBe((0, true)); // midnight Pacific, in UTC
        platforms.YouTube.Quota.ShouldAllBe(day => day.Refused == 0);
    }

    [Fact]
    public async Task refusal_by_Google_waits_for_midnight_too()
    {
        await using var publisher = await Publisher.Start(platforms, directory); // our figure is too high
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false, captions: CaptionsPolicy.Off)));
        var first = Samples.Episode(platforms, video);
        await publisher.Hears(first);
        await publisher.Reaches(first.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        var second = Samples.Episode(platforms, video);
        await publisher.Hears(second);

        var waits = await publisher.Recorder.Sees<PublicationChanged>(change => change.EpisodeId == second.EpisodeId && change.DueAt is not null);
        waits.Reason.ShouldNotBeNull().ShouldContain("quotaExceeded");
    }
}
