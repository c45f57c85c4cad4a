using MassTransit;

namespace Podcast.Publishing.Tests;

/// <summary>Real processes, SIGKILL, RabbitMQ: what a crash at any byte of a large upload leaves behind.</summary>
[Trait("Length", "minutes")]
public sealed class When_the_publisher_is_killed : IAsyncLifetime
{
    private const int Megabytes = 200;
    private const int Kills = 20;
    private const int Chunk = 8 * PublishingOptions.ChunkUnit;

    private readonly TemporaryDirectory directory = new();
    private Platforms platforms = null!;
    private RabbitMqVirtualHost rabbitMq = null!;

    public async Task InitializeAsync()
    {
        platforms = await Platforms.Start(directory);
        rabbitMq = await RabbitMqServer.CreateVirtualHost();
    }

    public async Task DisposeAsync()
    {
        await rabbitMq.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [InlineData(1)]
    public async Task one_video_and_one_episode_with_the_right_bytes(int seed)
    {
        var random = new Random(seed);
        var video = Samples.Bytes((Megabytes * 1024 * 1024) + 12_345);
        var stops = Enumerable.Range(0, Kills).Select(_ => random.NextInt64(video.Length)).Order().ToList();
        var episode = Samples.Episode(platforms, video);
        var environment = Publisher.Settings(platforms, directory)
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        environment["ConnectionStrings__RabbitMq"] = rabbitMq.ConnectionString;
        environment["Publishing__ChunkSize"] = $"{Chunk}";
        await ServiceProcess.Migrate("Publishing", environment);
        await Send(Samples.Changed(Samples.Show()));
        await Send(episode);

        foreach (var (index, stop) in stops.Index())
        {
            await using var publisher = await Start();
            await Eventually.Holds(
                () => platforms.YouTube.Videos.Count > 0 || platforms.YouTube.Uploads.Any(upload => upload.Stored >= stop),
                $"{stop} bytes are sent, before kill {index + 1}", TimeSpan.FromMinutes(5));
        }

        await using var last = await Start();
        await Eventually.Holds(
            () => platforms.YouTube.Videos.Any(one => one.Privacy == "public")
                && platforms.Transistor.Episodes.Any(one => one.Status == "published"),
            "both are public", TimeSpan.FromMinutes(5));
        var published = platforms.YouTube.Videos.ShouldHaveSingleItem();
        published.Content.Sha256.ShouldBe(Platforms.Sha256(video));
        published.RepeatedBytes.ShouldBeLessThanOrEqualTo((long)Kills * Chunk);
        published.Received.ShouldAllBe(one => one.Repeated <= Chunk);
        platforms.Transistor.Episodes.Count.ShouldBe(1);

        Task<ServiceProcess> Start() =>
            ServiceProcess.Start("Publishing", new Uri($"http://127.0.0.1:{Ports.Free()[0]}"), environment, directory);
    }

    private async Task Send(object message)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(new Uri(rabbitMq.ConnectionString)));
        await bus.StartAsync();
        var exchange = message is ShowChanged ? "podcast.show-changed" : "podcast.episode-processed";
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{exchange}"));
        await endpoint.Send(message, message.GetType());
        await bus.StopAsync();
    }
}
