using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube;
using Podcast.Emulators.YouTube.Chaos;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_captions_are_uploaded : IAsyncLifetime
{
    private RunningYouTube youTube = null!;
    private string video = "";

    public async Task InitializeAsync()
    {
        youTube = await RunningYouTube.Start();
        video = await youTube.Upload();
    }

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Theory]
    [InlineData("1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:01:04,000\nBye.\n")]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n\n00:03.000 --> 00:01:04.000 align:start\nBye.\n")]
    [InlineData("0:00:01.000,0:00:02.500\nHello.\n\n0:00:03.000,0:01:04.000\nBye.\n")]
    public async Task times_of_the_file_are_read(string text)
    {
        (await youTube.SendCaptions(video, Encoding.UTF8.GetBytes(text))).Status.ShouldBe(HttpStatusCode.OK);

        var track = youTube.Emulator.Videos.Single().Captions.ShouldHaveSingleItem();
        (track.Cues!.Count, track.Cues.First, track.Cues.Last).ShouldBe((2, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(64)));
        var snippet = (await List()).Single()!["snippet"]!;
        ((string?)snippet["language"], (string?)snippet["name"], (string?)snippet["status"]).ShouldBe(("en", "English", "serving"));
    }

    [Fact]
    public async Task untimed_text_is_accepted_and_never_appears()
    {
        var answer = await youTube.SendCaptions(video, "Hello. Bye."u8.ToArray());

        (answer.Status, (string?)answer.Json["kind"]).ShouldBe((HttpStatusCode.OK, "youtube#caption"));
        (await List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task good_track_may_be_swallowed()
    {
        youTube.Emulator.Chaos = new YouTubeDial { SwallowCaptionsPercent = 100 };

        await youTube.AddCaptions(video);

        (await List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task file_that_is_not_text_fails()
    {
        await youTube.SendCaptions(video, [0x31, 0xFF, 0xFE]);

        var snippet = (await List()).Single()!["snippet"]!;
        ((string?)snippet["status"], (string?)snippet["failureReason"]).ShouldBe(("failed", "unknownFormat"));
    }

    [Fact]
    public async Task second_track_of_that_name_and_language_conflicts()
    {
        await youTube.AddCaptions(video);

        var second = await youTube.SendCaptions(video, Srt);

        (second.Status, second.Reason()).ShouldBe((HttpStatusCode.Conflict, "captionExists"));
        (await youTube.SendCaptions(video, Srt, language: "de")).Status.ShouldBe(HttpStatusCode.OK);
        (await List()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task empty_file_is_refused() => (await youTube.SendCaptions(video, [])).Reason().ShouldBe("contentRequired");

    [Fact]
    public async Task language_is_required() => (await youTube.SendCaptions(video, Srt, language: "")).Reason().ShouldBe("invalidMetadata");

    [Fact]
    public async Task track_is_updated_downloaded_and_deleted()
    {
        var id = await youTube.AddCaptions(video);
        var text = "WEBVTT\n\n00:05.000 --> 00:06.000\nNew.\n"u8.ToArray();
        var draft = new JsonObject { ["id"] = id, ["snippet"] = new JsonObject { ["isDraft"] = true } };

        (await youTube.Multipart(HttpMethod.Put, Captions, new JsonObject { ["id"] = id }, text)).Status.ShouldBe(HttpStatusCode.OK);
        (await youTube.Send(HttpMethod.Put, "youtube/v3/captions?part=snippet", RunningYouTube.Json(draft))).Status.ShouldBe(HttpStatusCode.OK);

        (await youTube.Http.GetByteArrayAsync($"youtube/v3/captions/{id}")).ShouldBe(text);
        ((bool)(await List()).Single()!["snippet"]!["isDraft"]!).ShouldBeTrue();
        (await youTube.Send(HttpMethod.Delete, $"youtube/v3/captions?id={id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await List()).ShouldBeEmpty();
    }

    [Fact]
    public async Task thumbnail_is_set_by_its_bytes()
    {
        var answer = await SetThumbnail(youTube, video, [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        ((string?)answer.Json["items"]![0]!["default"]!["url"]).ShouldNotBeNull().ShouldContain(video);
        youTube.Emulator.Videos.Single().Thumbnail!.Length.ShouldBe(7);
        (await SetThumbnail(youTube, video, [1, 2, 3])).Reason().ShouldBe("invalidImage");
        (await SetThumbnail(youTube, video, [])).Reason().ShouldBe("mediaBodyRequired");
        (await SetThumbnail(youTube, "none", [1])).Reason().ShouldBe("videoNotFound");
    }

    [Fact]
    public async Task thumbnail_needs_a_verified_phone_number()
    {
        await using var unverified = await RunningYouTube.Start(
            options => options.Channels = [new YouTubeChannelOptions { PhoneVerified = false }]);

        var answer = await SetThumbnail(unverified, await unverified.Upload(), [0xFF, 0xD8, 0xFF, 0]);

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
    }

    private static Task<Ittybit.Support.Answer> SetThumbnail(RunningYouTube youTube, string video, byte[] picture) => youTube.Send(
        HttpMethod.Post, $"upload/youtube/v3/thumbnails/set?videoId={video}&uploadType=media", new ByteArrayContent(picture));

    private async Task<JsonArray> List() =>
        (await youTube.Get($"youtube/v3/captions?part=snippet&videoId={video}")).Json["items"]!.AsArray();
}
