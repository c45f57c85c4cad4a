using Podcast.Emulators.Transistor;

namespace Podcast.Publishing.Tests;

public sealed class When_a_team_has_several_keys : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory, transistor: options =>
        {
            options.Keys = [new TransistorKey { Key = "ours", Shows = ["1"] }, new TransistorKey { Key = "acme-key", Shows = ["2"] }];
            options.Shows =
            [
                new TransistorShow { Id = "1", Slug = "bergfunk", TimeZone = "Europe/Vienna" },
                new TransistorShow { Id = "2", Slug = "talfunk", TimeZone = "Europe/Vienna" },
            ];
        });
        publisher = await Publisher.Start(
            platforms, directory, null, ("Transistor:ApiKey", "ours"), ("Transistor:Accounts:Acme:ApiKey", "acme-key"));
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("default", "1", "ours")]
    [InlineData("acme", "2", "acme-key")]
    public async Task show_is_published_with_its_accounts_key(string account, string show, string key)
    {
        var episode = await Processed(new TransistorChannel(account, show));

        await publisher.Reaches(episode, PublishingChannel.Transistor, PublicationStatus.Published);

        platforms.Transistor.Keys.ShouldHaveSingleItem().Key.ShouldBe(key);
        platforms.Transistor.Episodes.ShouldHaveSingleItem().Status.ShouldBe("published");
    }

    [Fact]
    public async Task account_without_a_key_is_refused_by_name()
    {
        var episode = await Processed(new TransistorChannel("acne", "2"));

        var failed = await publisher.Reaches(episode, PublishingChannel.Transistor, PublicationStatus.Failed);

        failed.Reason.ShouldBe("There is no key for the account acne at Transistor.");
        platforms.Transistor.Keys.ShouldBeEmpty();
    }

    private async Task<Guid> Processed(TransistorChannel channel)
    {
        var show = Samples.Show(youTube: false);
        await publisher.Hears(Samples.Changed(show with { Channels = new ShowChannels(channel) }));
        var episode = Samples.Episode(platforms, Samples.Bytes(1000));
        await publisher.Hears(episode);
        return episode.EpisodeId;
    }
}
