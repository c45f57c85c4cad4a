using Microsoft.EntityFrameworkCore;
using Podcast.Emulators.Transistor;
using Podcast.Publishing.Channels;
using Podcast.Publishing.Data;
using Podcast.Publishing.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_a_draft_is_asked_for_twice : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualClock clock = new();
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
        var id = Guid.NewGuid();

        await Claim(id, find: async () =>
        {
            (await Should.ThrowAsync<StepException>(() => Claim(id))).Result.Outcome.ShouldBe(StepOutcome.Later);
            return "found";
        });

        (await Claim(id)).ShouldBe("made");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task look_that_outlives_its_claim_makes_none(bool otherIsDone)
    {
        var (id, isMade) = (Guid.NewGuid(), false);
        TaskCompletionSource looking = new(), looked = new();
        var slow = Claim(
            id,
            find: async () =>
            {
                looking.SetResult();
                await looked.Task;
                return null;
            },
            make: () =>
            {
                isMade = true;
                return Task.FromResult("made");
            });
        await looking.Task;
        clock.Advance(TimeSpan.FromMinutes(2));

        await Claim(id, find: async () =>
        {
            if (!otherIsDone)
                await End();
            return "found";
        });
        await End();

        isMade.ShouldBeFalse();

        async Task End()
        {
            looked.TrySetResult();
            (await Should.ThrowAsync<StepException>(() => slow)).Result.Outcome.ShouldBe(StepOutcome.Later);
        }
    }

    private Task<string> Claim(Guid id, Func<Task<string?>>? find = null, Func<Task<string>>? make = null) =>
        publisher.In((PublishingDbContext database) => new DraftClaims(database, clock).FindOrMake(
            id, find ?? (() => Task.FromResult<string?>(null)), make ?? (() => Task.FromResult("made")), default));
}
