using Podcast.Publishing.Accounts;

namespace Podcast.Publishing.Tests.Accounts;

public sealed class When_a_device_was_connected : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory);
        publisher = await Publisher.Start(platforms, directory, settings: ("YouTube:Accounts:main:RefreshToken", ""));
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(YouTubeScopes.OfDevices, 0)]
    [InlineData(YouTubeScopes.WithCaptions, 1)]
    public async Task captions_are_sent_only_with_the_permission(string scope, int captions)
    {
        var tokens = new GrantedTokens("", "1//emulated", scope); // Google itself would take captions: the token's scopes are ours to know
        await publisher.In((AccountStore store) => store.Save(
            "main", Platforms.Client, new ChannelOfCaller(Platforms.Channel, "Bergfunk"), tokens, default));
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
        var episode = Samples.Episode(platforms, Samples.Bytes(1000));

        await publisher.Hears(episode);
        var published = await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);

        platforms.YouTube.Videos.Single().Captions.Count.ShouldBe(captions);
        published.Notes.Any(note => note.StartsWith("Without captions: the account was connected by --device", StringComparison.Ordinal))
            .ShouldBe(captions == 0);
    }
}
