using Podcast.Emulators.YouTube.Chaos;

namespace Podcast.Publishing.Tests;

public sealed class When_an_upload_is_disturbed : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes((12 * PublishingOptions.ChunkUnit) + 77);
    private Platforms platforms = null!;

    public async Task InitializeAsync() => platforms = await Platforms.Start(directory);

    public async Task DisposeAsync()
    {
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task lost_answers_and_halved_chunks_double_nothing(int seed)
    {
        platforms.YouTube.Chaos = new YouTubeDial
        {
            Seed = seed,
            PartialStorePercent = 20,
            ChunkErrorPercent = 15,
            ChunkResetPercent = 15,
            ServerErrorPercent = 5,
            LostAnswerPercent = 10,
            SessionConflictPercent = 20,
        };
        await using var publisher = await Publisher.Start(
            platforms, directory, settings: ("Publishing:ChunkSize", $"{2 * PublishingOptions.ChunkUnit}"));

        await Publish(publisher);

        platforms.YouTube.Videos.ShouldHaveSingleItem().Content.Sha256.ShouldBe(Platforms.Sha256(video));
    }

    [Fact]
    public async Task expired_session_begins_one_more_upload()
    {
        platforms.YouTube.Chaos = new YouTubeDial { Seed = 5, SessionExpiryPercent = 10 };
        await using var publisher = await Publisher.Start(platforms, directory);

        await Publish(publisher);

        platforms.YouTube.Videos.ShouldHaveSingleItem().Content.Sha256.ShouldBe(Platforms.Sha256(video));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task restarts_of_the_publisher_double_nothing(int seed)
    {
        var random = new Random(seed);
        (string, string)[] impatient = [("Publishing:UnansweredAfter", "00:00:10")]; // the in-memory bus loses its messages
        var episode = Samples.Episode(platforms, video);
        var stops = Enumerable.Range(0, 2).Select(_ => random.NextInt64(video.Length)).Order().ToList();
        foreach (var (index, stop) in stops.Index())
        {
            await using var publisher = await Publisher.Start(platforms, directory, settings: impatient);
            if (index == 0)
            {
                await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
                await publisher.Hears(episode);
            }

            await Eventually.Holds(
                () => platforms.YouTube.Videos.Count > 0 || platforms.YouTube.Uploads.Any(upload => upload.Stored >= stop), $"{stop} bytes are sent");
        }

        await using var last = await Publisher.Start(platforms, directory, settings: impatient);
        await Eventually.Holds(
            async () => (await last.Row(episode.EpisodeId, PublishingChannel.Youtube)).PublishedAt is not null, "it is published");

        var published = platforms.YouTube.Videos.ShouldHaveSingleItem();
        published.Content.Sha256.ShouldBe(Platforms.Sha256(video));
        published.RepeatedBytes.ShouldBeLessThanOrEqualTo(stops.Count * PublishingOptions.ChunkUnit);
        platforms.YouTube.Uploads.Count(upload => upload is { Method: "videos.insert", Stored: > 0 }).ShouldBe(1);
    }

    private async Task Publish(Publisher publisher)
    {
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode);
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
    }
}
