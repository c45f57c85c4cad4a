namespace Podcast.Publishing.Tests;

/// <summary>The thumbnail is optional: the video is published without it, whatever the reason.</summary>
public sealed class When_a_thumbnail_cannot_be_set : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory);
        publisher = await Publisher.Start(platforms, directory, settings: ("Publishing:MaxFailures", "3"));
    }

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData("files/gone.jpg", "Without the thumbnail: The thumbnail cannot be fetched: 403.")] // tried as often as other steps
    [InlineData("ittybit/files/file_x", "Without the thumbnail: The server of the thumbnail does not serve parts of it.")]
    [InlineData(null, "Without the thumbnail: The thumbnail has neither a file nor an address.")]
    public async Task image_that_cannot_be_read_is_left_out(string? path, string note)
    {
        var published = await Publish(image => image with { FileId = null, Url = path is null ? null : new Uri(platforms.Address, path) });

        published.Notes.ShouldContain(note);
        (published.Reason, published.Advice).ShouldBe((null, null));
        platforms.YouTube.Videos.Single().Privacy.ShouldBe("public");
    }

    [Theory]
    [InlineData("")]
    [InlineData("jpeg")]
    [InlineData(null)]
    public async Task image_of_no_valid_type_is_sent_as_a_JPEG(string? type)
    {
        var published = await Publish(image => image with { ContentType = type });

        published.Notes.ShouldNotContain(note => note.StartsWith("Without the thumbnail", StringComparison.Ordinal));
        platforms.YouTube.Uploads.ShouldContain(upload => upload.Method == "thumbnails.set");
    }

    private async Task<PublicationChanged> Publish(Func<TaskOutput, TaskOutput> change)
    {
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false)));
        var episode = Samples.Episode(platforms, video);
        await publisher.Hears(episode with
        {
            Outputs = [.. episode.Outputs.Select(one => one.Kind == TaskKind.Thumbnail ? one with { Output = change(one.Output) } : one)],
        });
        return await publisher.Reaches(episode.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
    }
}
