using System.Net;
using System.Net.Sockets;

namespace Podcast.Publishing.Tests;

/// <summary>A server accepts connections and never answers: without limits it would keep the places of all others in the queues.</summary>
public sealed class When_a_server_is_silent : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(PublishingOptions.ChunkUnit);
    private readonly TcpListener silent = new(IPAddress.Loopback, 0);
    private Platforms platforms = null!;

    private Uri Address => new($"http://{silent.LocalEndpoint}/");

    public async Task InitializeAsync()
    {
        silent.Start();
        platforms = await Platforms.Start(directory);
    }

    public async Task DisposeAsync()
    {
        await platforms.DisposeAsync();
        silent.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task token_endpoint_has_a_limit() =>
        (await Waits(Samples.Episode(platforms, video), ("YouTube:TokenAddress", Address.AbsoluteUri), ("YouTube:Timeout", "00:00:01")))
            .ShouldBe("A request to Google's token endpoint took longer than 1 s.");

    [Fact]
    public async Task api_has_a_limit() =>
        (await Waits(Samples.Episode(platforms, video), ("YouTube:BaseAddress", Address.AbsoluteUri), ("YouTube:Timeout", "00:00:01")))
            .ShouldBe("A request to YouTube took longer than 1 s.");

    [Fact]
    public async Task server_of_the_video_has_a_limit() =>
        (await Waits(Silenced(TaskKind.VideoTranscode), ("Publishing:TransferTimeout", "00:00:01")))
            .ShouldBe("The server of the video took longer than 1 s.");

    [Fact]
    public async Task step_has_a_limit() =>
        (await Waits(Silenced(TaskKind.VideoTranscode), ("Publishing:UnansweredAfter", "00:00:01")))
            .ShouldBe("The step took longer than 1 s.");

    [Fact]
    public async Task others_are_published_meanwhile()
    {
        await using var publisher = await Publisher.Start(
            platforms, directory, settings: [("Publishing:TransferTimeout", "00:00:02"), ("Publishing:MaxFailures", "1")]);
        await publisher.Bus.Publish(Samples.Changed(Samples.Show(transistor: false)));
        foreach (var stuck in Enumerable.Range(0, 4).Select(_ => Silenced(TaskKind.VideoTranscode)))
            await publisher.Bus.Publish(stuck);
        await Eventually.Holds(() => silent.Pending(), "a step waits for the silent server");

        var other = Samples.Episode(platforms, video);
        await publisher.Bus.Publish(other);
        await publisher.Reaches(other.EpisodeId, PublishingChannel.Youtube, PublicationStatus.Published);
    }

    private EpisodeProcessed Silenced(TaskKind kind)
    {
        var episode = Samples.Episode(platforms, video);
        return episode with
        {
            Outputs = [.. episode.Outputs.Select(one =>
                one.Kind == kind ? one with { Output = one.Output with { FileId = null, Url = Address } } : one)],
        };
    }

    private async Task<string?> Waits(EpisodeProcessed episode, params (string, string)[] settings)
    {
        await using var publisher = await Publisher.Start(platforms, directory, settings: settings);
        await publisher.Bus.Publish(Samples.Changed(Samples.Show(transistor: false)));
        await publisher.Bus.Publish(episode);
        return (await publisher.Recorder.Sees<PublicationChanged>(change => change is { Reason: not null, Status: PublicationStatus.Publishing }))
            .Reason;
    }
}
