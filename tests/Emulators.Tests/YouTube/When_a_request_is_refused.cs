using System.Net;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube;
using Podcast.Emulators.YouTube.Chaos;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_a_request_is_refused : IAsyncLifetime
{
    private const string Mine = "youtube/v3/channels?part=id&mine=true";

    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task error_has_the_form_of_google()
    {
        youTube.Use("ya29.unknown");

        var answer = await youTube.Get(Mine);

        answer.Json.ToJsonString().ShouldBe(
            """
            {"error":{"code":401,"message":"Invalid Credentials","errors":[{"message":"Invalid Credentials","domain":"global","reason":"authError"}]}}
            """.Trim());
    }

    [Fact]
    public async Task login_is_required()
    {
        youTube.Http.DefaultRequestHeaders.Authorization = null;

        (await youTube.Get(Mine)).Reason().ShouldBe("required");
    }

    [Theory]
    [InlineData("youtube.upload", "upload/youtube/v3/captions?part=snippet&uploadType=media")]
    [InlineData("youtube", "upload/youtube/v3/captions?part=snippet&uploadType=media")]
    [InlineData("youtube.readonly", "upload/youtube/v3/videos?part=snippet&uploadType=media")]
    public async Task scope_must_suffice(string scope, string path)
    {
        youTube.Use((string)(await youTube.Connect("https://www.googleapis.com/auth/" + scope))["access_token"]!);

        var answer = await youTube.Send(HttpMethod.Post, path);

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.Forbidden, "insufficientPermissions"));
    }

    [Theory]
    [InlineData("rateLimitExceeded", 403)]
    [InlineData("accessNotConfigured", 403)]
    [InlineData("backendError", 503)]
    public async Task dial_refuses_requests(string reason, int status)
    {
        youTube.Emulator.Chaos = reason switch
        {
            "rateLimitExceeded" => new YouTubeDial { RateLimitPercent = 100 },
            "accessNotConfigured" => new YouTubeDial { ApiDisabled = true },
            _ => new YouTubeDial { ServerErrorPercent = 100 },
        };

        var answer = await youTube.Get(Mine);

        ((int)answer.Status, answer.Reason()).ShouldBe((status, reason));
        youTube.Emulator.Quota.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("youtube/v3/videos?id=x", "required")]
    [InlineData("youtube/v3/videos?part=nonsense&id=x", "unknownPart")]
    [InlineData("youtube/v3/videos?part=snippet", "missingRequiredParameter")]
    [InlineData("youtube/v3/captions?part=snippet&videoId=x", "videoNotFound")]
    [InlineData("youtube/v3/captions/x", "captionNotFound")]
    [InlineData("youtube/v3/playlistItems?part=snippet&playlistId=PLx", "playlistNotFound")]
    [InlineData("youtube/v3/nonsense", "notFound")]
    public async Task wrong_request_is_refused_with_a_reason(string path, string reason) =>
        (await youTube.Get(path)).Reason().ShouldBe(reason);

    [Fact]
    public async Task video_of_another_channel_is_out_of_reach()
    {
        const string Other = "UCsecondchannel000000002";
        await using var two = await RunningYouTube.Start(options => options.Channels = [new(), new YouTubeChannelOptions { Id = Other }]);
        var id = await two.Upload();
        two.Emulator.Chaos = new YouTubeDial { ConsentChannel = Other };
        two.Use((string)(await two.Connect())["access_token"]!);

        (await two.Get($"youtube/v3/videos?part=status&id={id}")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await two.Send(HttpMethod.Delete, $"youtube/v3/videos?id={id}")).Reason().ShouldBe("forbidden");
        (await two.Get($"youtube/v3/captions?part=snippet&videoId={id}")).Reason().ShouldBe("forbidden");
    }

    [Theory]
    [InlineData("""{ "seed": 7, "chunk_error_percent": 20 }""", HttpStatusCode.OK)]
    [InlineData("""{ "chunk_error_percent": 101 }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "nonsense": 1 }""", HttpStatusCode.BadRequest)]
    public async Task dial_is_read_and_set_as_json(string dial, HttpStatusCode status)
    {
        var answer = await youTube.Send(HttpMethod.Put, "_emulator/chaos", new StringContent(dial));

        answer.Status.ShouldBe(status);
        var isSet = status == HttpStatusCode.OK;
        var now = (await youTube.Get("_emulator/chaos")).Json;
        ((int)now["seed"]!, (double)now["chunk_error_percent"]!).ShouldBe(isSet ? (7, 20) : (0, 0));
    }

    [Fact]
    public async Task inspection_lists_videos_uploads_and_quota()
    {
        await youTube.Upload();

        var video = (await youTube.Get("_emulator/videos")).Json.AsArray().ShouldHaveSingleItem()!;
        ((long)video["content"]!["length"]!, (long)video["received"]![0]!["stored"]!, (long)video["repeated_bytes"]!)
            .ShouldBe((1000, 1000, 0));
        ((string?)(await youTube.Get("_emulator/uploads")).Json[0]!["method"]).ShouldBe("videos.insert");
        ((int)(await youTube.Get("_emulator/quota")).Json[0]!["inserts"]!).ShouldBe(1);
    }
}
