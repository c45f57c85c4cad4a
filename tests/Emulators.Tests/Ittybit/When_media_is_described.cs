using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_media_is_described : IAsyncLifetime
{
    private RunningEmulator emulator = null!;

    public async Task InitializeAsync() => emulator = await RunningEmulator.Start();

    public async Task DisposeAsync() => await emulator.DisposeAsync();

    [Fact]
    public async Task media_made_by_itself_is_empty()
    {
        var answer = await emulator.Post(
            "media", new JsonObject { ["title"] = "Episode 1", ["metadata"] = new JsonObject { ["episode_id"] = "e1" } });

        answer.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)answer.Json["object"]).ShouldBe("media");
        ((string?)answer.Json["title"]).ShouldBe("Episode 1");
        ((string?)answer.Json["metadata"]!["episode_id"]).ShouldBe("e1");
        answer.Json["kind"].ShouldBeNull();
        answer.Json["files"]!.AsArray().ShouldBeEmpty();
        answer.Json["urls"]!.AsObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task a_patch_changes_only_what_it_names()
    {
        var id = (string?)(await emulator.Post("media", new JsonObject { ["title"] = "Old", ["alt"] = "Alt" })).Json["id"];

        var changed = await emulator.Send(HttpMethod.Patch, $"media/{id}", new JsonObject { ["title"] = "New" });

        changed.Status.ShouldBe(HttpStatusCode.OK);
        var read = (await emulator.Get($"media/{id}")).Json;
        ((string?)read["title"]).ShouldBe("New");
        ((string?)read["alt"]).ShouldBe("Alt");
    }

    [Fact]
    public async Task an_uploads_media_gathers_what_is_made_of_it()
    {
        var fileId = await emulator.UploadEpisode();
        var mediaId = (string?)(await emulator.Get($"files/{fileId}")).Json["media_id"];
        var task = await emulator.Run(TaskBodies.Audio(fileId));

        var media = (await emulator.Get($"media/{mediaId}")).Json;

        ((string?)media["kind"]).ShouldBe("video");
        ((double)media["duration"]!).ShouldBe(Sample.Seconds, 0.05);
        media["files"]!.AsArray().Count.ShouldBe(2);
        ((string?)media["urls"]!["podcast_audio"]).ShouldBe((string?)task["output"]!["url"]);
    }

    [Fact]
    public async Task lists_are_newest_first_and_paged()
    {
        foreach (var title in new[] { "1", "2", "3" })
            await emulator.Post("media", new JsonObject { ["title"] = title });

        Titles(await emulator.Get("media?limit=2")).ShouldBe(["3", "2"]);
        Titles(await emulator.Get("media?limit=2&page=2")).ShouldBe(["1"]);
        Titles(await emulator.Get("media?limit=2&page=3")).ShouldBeEmpty();

        static IEnumerable<string?> Titles(Answer answer) => answer.Json.AsArray().Select(media => (string?)media!["title"]);
    }

    [Fact]
    public async Task deleting_it_deletes_its_files()
    {
        var fileId = await emulator.UploadEpisode();
        var mediaId = (string?)(await emulator.Get($"files/{fileId}")).Json["media_id"];

        var answer = await emulator.Send(HttpMethod.Delete, $"media/{mediaId}");

        ((string?)answer.Json["message"]).ShouldBe($"{mediaId} deleted");
        (await emulator.Get($"media/{mediaId}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await emulator.Get($"files/{fileId}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
