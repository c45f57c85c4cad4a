using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Emulators.Tests.YouTube.Support;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_a_video_is_changed : IAsyncLifetime
{
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task named_parts_are_replaced_as_a_whole()
    {
        var id = await youTube.Upload();

        var answer = await Update("snippet", new JsonObject
        {
            ["id"] = id,
            ["snippet"] = new JsonObject { ["title"] = "New", ["categoryId"] = "28" },
            ["status"] = new JsonObject { ["privacyStatus"] = "public" },
        });

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var video = await youTube.Video(id);
        ((string?)video["snippet"]!["title"], (string?)video["snippet"]!["description"]).ShouldBe(("New", ""));
        ((string?)video["status"]!["privacyStatus"]).ShouldBe("private");
    }

    [Theory]
    [InlineData("title")]
    [InlineData("categoryId")]
    public async Task snippet_needs_title_and_category(string missing)
    {
        var body = Metadata();
        body["id"] = await youTube.Upload();
        body["snippet"]!.AsObject().Remove(missing);

        (await Update("snippet", body)).Reason().ShouldBe("invalidVideoMetadata");
    }

    [Fact]
    public async Task public_video_cannot_be_scheduled()
    {
        var body = Metadata();
        body["id"] = await youTube.Upload(Metadata(privacy: "public"));
        body["status"]!["publishAt"] = "2026-02-01T06:00:00Z";

        var answer = await Update("status", body);

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.BadRequest, "invalidPublishAt"));
    }

    [Fact]
    public async Task deleted_video_is_gone()
    {
        var id = await youTube.Upload();

        (await youTube.Send(HttpMethod.Delete, $"youtube/v3/videos?id={id}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await youTube.Get($"youtube/v3/videos?part=status&id={id}")).Json["items"]!.AsArray().ShouldBeEmpty();
        (await youTube.Send(HttpMethod.Delete, $"youtube/v3/videos?id={id}")).Reason().ShouldBe("videoNotFound");
    }

    [Fact]
    public async Task uploads_playlist_lists_the_newest_first_in_pages()
    {
        for (var number = 1; number <= 3; number++)
            await youTube.Upload(Metadata($"Episode {number}"));

        var first = (await youTube.Get("youtube/v3/playlistItems?part=snippet&maxResults=2&playlistId=UUemulatedchannel0000001")).Json;
        var second = (await youTube.Get(
            $"youtube/v3/playlistItems?part=snippet&maxResults=2&playlistId=UUemulatedchannel0000001&pageToken={first["nextPageToken"]}")).Json;

        Titles(first).ShouldBe(["Episode 3", "Episode 2"]);
        Titles(second).ShouldBe(["Episode 1"]);
        second["nextPageToken"].ShouldBeNull();
        ((int)second["pageInfo"]!["totalResults"]!).ShouldBe(3);
    }

    [Fact]
    public async Task video_is_added_to_a_playlist()
    {
        var resource = new JsonObject { ["kind"] = "youtube#video", ["videoId"] = await youTube.Upload() };
        var item = new JsonObject { ["snippet"] = new JsonObject { ["playlistId"] = "PL1", ["resourceId"] = resource } };

        var answer = await youTube.Send(HttpMethod.Post, "youtube/v3/playlistItems?part=snippet", RunningYouTube.Json(item));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        Titles((await youTube.Get("youtube/v3/playlistItems?part=snippet&playlistId=PL1")).Json).ShouldBe(["Episode 1"]);
    }

    [Fact]
    public async Task multipart_upload_makes_a_video()
    {
        var answer = await youTube.Multipart(HttpMethod.Post, Videos, Metadata(), Bytes(5000));

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        youTube.Emulator.Videos.ShouldHaveSingleItem().Content.Length.ShouldBe(5000);
    }

    private Task<Answer> Update(string part, JsonNode body) =>
        youTube.Send(HttpMethod.Put, $"youtube/v3/videos?part={part}", RunningYouTube.Json(body));

    private static IEnumerable<string?> Titles(JsonNode list) => list["items"]!.AsArray().Select(item => (string?)item!["snippet"]!["title"]);
}
