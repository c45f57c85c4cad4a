using Microsoft.EntityFrameworkCore;
using Podcast.Emulators.Transistor;
using Podcast.Publishing.Channels;
using Podcast.Publishing.Data;
using Podcast.Publishing.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_a_draft_is_asked_for_twice : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
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
    public async Task commands_at_the_same_time_make_one()
    {
        await publisher.Hears(Samples.Changed(Samples.Show(youTube: false)));
        platforms.Transistor.Chaos = new TransistorDial { SlowPercent = 100, SlowMs = 500 }; // both would see that there is none
        var episode = Samples.Episode(platforms, Samples.Bytes(1000));
        await publisher.Hears(episode);
        await Eventually.Holds(
            async () => await publisher.In(async (PublishingDbContext database) => await database.Publications.AnyAsync()), "it has begun");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            publisher.Bus.Publish(new PrepareDraft(episode.EpisodeId, PublishingChannel.Transistor, Turn: 1))));
        await publisher.Reaches(episode.EpisodeId, PublishingChannel.Transistor, PublicationStatus.Published);

        platforms.Transistor.Episodes.ShouldHaveSingleItem().Status.ShouldBe("published");
    }

    [Fact]
    public async Task claim_keeps_others_out_until_it_ends()
    {
        var claims = (PublishingDbContext database) => new DraftClaims(database, TimeProvider.System);
        var id = Guid.NewGuid();

        var refused = await publisher.In((PublishingDbContext database) => claims(database).Alone(
            id, () => Should.ThrowAsync<StepException>(() => claims(database).Alone(id, () => Task.FromResult(1), default)), default));

        refused.Result.Outcome.ShouldBe(StepOutcome.Later);
        (await publisher.In((PublishingDbContext database) => claims(database).Alone(id, () => Task.FromResult(2), default))).ShouldBe(2);
    }
}
