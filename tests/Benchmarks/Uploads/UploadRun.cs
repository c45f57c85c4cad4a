using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Npgsql;
using Podcast.Benchmarks.Pipeline;
using Podcast.Contracts;
using Podcast.Testing;

namespace Podcast.Benchmarks.Uploads;

/// <summary>Publishes one large video on the emulator of YouTube, and tells how much memory the publisher took at most.</summary>
internal static class UploadRun
{
    private const string Channel = "UCemulatedchannel0000001";

    /// <returns>The exit code: 1 if the video is not there once with the bytes of its source, or the publisher's own memory exceeds the limit.</returns>
    public static async Task<int> Execute(UploadOptions options, CancellationToken cancellationToken)
    {
        var file = new GeneratedFile(options.Megabytes * 1024L * 1024);
        var (postgres, rabbitMq) = (PrivatePostgres.Start(isDurable: true), PrivateRabbitMq.Start());
        await using var database = await postgres;
        await using var broker = await rabbitMq;
        using var directory = new TemporaryDirectory();
        var addresses = Ports.Free(3).Select(port => new Uri($"http://127.0.0.1:{port}/")).ToArray();
        await using var source = await file.Serve(addresses[0]);
        var environment = Environment(options, new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = true }.ToString(),
            broker.Amqp, emulators: addresses[1], directory.Path);
        await ServiceProcess.Migrate("Publishing", environment);
        await using var emulators = await ServiceProcess.Start("Emulators", addresses[1], environment, directory);
        await using var publisher = await ServiceProcess.Start("Publishing", addresses[2], environment, directory);
        Console.WriteLine($"The publisher has started: {CpuTime.OwnMegabytes(publisher.Id):F0} MB of its own.");

        var time = Stopwatch.StartNew();
        await Send(broker.Amqp, addresses[0], cancellationToken);
        using var http = new HttpClient { BaseAddress = addresses[1] };
        double own = 0;
        var video = await Published(http, () => own = Math.Max(own, CpuTime.OwnMegabytes(publisher.Id)), cancellationToken);
        Console.WriteLine(
            $"{options.Megabytes} MB in {time.Elapsed.TotalSeconds:F0} s: the publisher had {own:F0} MB of its own at most, "
            + $"{CpuTime.PeakMegabytes(publisher.Id):F0} MB with the mapped files of the program; "
            + $"the emulators {CpuTime.PeakMegabytes(emulators.Id):F0} MB.");
        var isWhole = (string?)video["content"]!["sha256"] == file.Sha256();
        Console.WriteLine(isWhole ? "The video has the bytes of its source." : "The video does not have the bytes of its source.");
        return isWhole && own <= options.MostMegabytes ? 0 : 1;
    }

    private static Dictionary<string, string> Environment(UploadOptions options, string database, Uri broker, Uri emulators, string directory)
    {
        var youTube = new Uri(emulators, "emulators/youtube").ToString();
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Publishing"] = database,
            ["ConnectionStrings__Lanes"] = database,
            ["ConnectionStrings__RabbitMq"] = broker.ToString(),
            ["Data__Directory"] = directory,
            ["Data__MigrateOnStart"] = "false",
            ["Sources__AllowLoopback"] = "true",
            ["ITTYBIT_API_KEY"] = "benchmark",
            ["YouTube__BaseAddress"] = youTube,
            ["YouTube__TokenAddress"] = youTube + "/token",
            ["YouTube__Accounts__main__ClientId"] = "benchmark",
            ["YouTube__Accounts__main__ClientSecret"] = "benchmark",
            ["YouTube__Accounts__main__RefreshToken"] = "1//emulated",
            ["YouTube__Accounts__main__ChannelId"] = Channel,
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false", // it watches all that is below the working directory
        };
        if (options.ChunkSize is { } chunk)
            environment["Publishing__ChunkSize"] = $"{chunk}";
        return environment;
    }

    private static async Task Send(Uri broker, Uri source, CancellationToken cancellationToken)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(configure => configure.Host(broker));
        await bus.StartAsync(cancellationToken);
        var show = new ShowSettings(
            "Benchmark", null, "en", "UTC", null, null, CaptionsPolicy.Off, ApprovalPolicy.Auto,
            new ShowChannels(null, new YoutubeChannel("main", Channel, VideoPrivacy.Public, "22", [], false, false)));
        var video = new TaskOutput(null, new Uri(source, "video.mp4"), "video/mp4", 600);
        await Send("podcast.show-changed", new ShowChanged("benchmark", "benchmark", 1, show, TimeProvider.System.GetUtcNow()));
        await Send("podcast.episode-processed", new EpisodeProcessed(
            Guid.NewGuid(), "benchmark", "A large video", null, [new EpisodeOutput(TaskKind.VideoTranscode, video)],
            TimeProvider.System.GetUtcNow(), "benchmark"));
        await bus.StopAsync(cancellationToken);

        async Task Send<T>(string exchange, T message)
            where T : class =>
            await (await bus.GetSendEndpoint(new Uri($"exchange:{exchange}"))).Send(message, cancellationToken);
    }

    /// <summary>The only video, as soon as it is public.</summary>
    /// <param name="look">Called several times a second.</param>
    private static async Task<JsonNode> Published(HttpClient http, Action look, CancellationToken cancellationToken)
    {
        JsonNode? video = null;
        await Eventually.Holds(
            async () =>
            {
                look();
                var videos = await http.GetFromJsonAsync<JsonArray>("emulators/youtube/_emulator/videos", cancellationToken);
                video = videos!.SingleOrDefault();
                return (string?)video?["privacy"] == "public";
            },
            "the video is public", TimeSpan.FromMinutes(30));
        return video!;
    }
}
