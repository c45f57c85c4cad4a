using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_files_are_served : IAsyncLifetime
{
    private RunningEmulator emulator = null!;
    private string url = null!;
    private string fileId = null!;

    public async Task InitializeAsync()
    {
        emulator = await RunningEmulator.Start();
        fileId = await emulator.UploadEpisode();
        url = (string)(await emulator.Get($"files/{fileId}")).Json["url"]!;
    }

    public async Task DisposeAsync() => await emulator.DisposeAsync();

    [Fact]
    public async Task a_range_is_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(1000, 1999);
        using var answer = await emulator.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 1000-1999/{Sample.Episode.Length}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Sample.Episode[1000..2000]);
    }

    [Fact]
    public async Task a_head_tells_type_and_length()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        using var answer = await emulator.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        answer.Content.Headers.ContentLength.ShouldBe(Sample.Episode.Length);
        answer.Headers.AcceptRanges.ShouldContain("bytes");
    }

    [Fact]
    public async Task a_signed_url_to_get_is_checked()
    {
        var signed = await emulator.Sign("episode.mp4", method: "get");

        using var client = new HttpClient();
        (await client.GetAsync(signed)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync(signed.AbsoluteUri + "x")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_file_can_be_renamed_labelled_and_deleted()
    {
        var metadata = new JsonObject { ["n"] = 1 };
        var change = new JsonObject { ["folder"] = "archive", ["filename"] = "one.mp4", ["ref"] = "raw", ["metadata"] = metadata };
        var changed = (await emulator.Send(HttpMethod.Patch, $"files/{fileId}", change)).Json;
        ((string?)changed["url"]).ShouldEndWith("/archive/one.mp4");
        ((string?)changed["ref"]).ShouldBe("raw");
        ((int?)changed["metadata"]!["n"]).ShouldBe(1);
        (await emulator.Http.GetAsync((string?)changed["url"])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await emulator.Http.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var deleted = await emulator.Send(HttpMethod.Delete, $"files/{fileId}");
        ((string?)deleted.Json["message"]).ShouldBe($"{fileId} deleted");
        (await emulator.Get($"files/{fileId}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await emulator.Http.GetAsync((string?)changed["url"])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_file_can_be_made_from_a_url()
    {
        var media = (string?)(await emulator.Post("media", new JsonObject { ["title"] = "T" })).Json["id"];

        var answer = await emulator.Post(
            "files", new JsonObject { ["url"] = url, ["media_id"] = media, ["folder"] = "copies", ["ref"] = "copy" });

        answer.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)answer.Json["media_id"]).ShouldBe(media);
        ((string?)answer.Json["filename"]).ShouldBe("episode.mp4");
        ((string?)answer.Json["ref"]).ShouldBe("copy");
        ((double)answer.Json["duration"]!).ShouldBe(Sample.Seconds, 0.05);
        var listed = (await emulator.Get("files?limit=1")).Json.AsArray();
        ((string?)listed.ShouldHaveSingleItem()!["id"]).ShouldBe((string?)answer.Json["id"]);
    }

    [Theory]
    [InlineData("""{"url":"ftp://example.test/a.mp4"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"url":"http://127.0.0.1:9/a.mp4","media_id":"med_none"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"url":"http://127.0.0.1:9/a.mp4"}""", HttpStatusCode.BadRequest)]
    public async Task a_url_that_cannot_be_fetched_makes_no_file(string body, HttpStatusCode status)
    {
        (await emulator.Post("files", JsonNode.Parse(body)!)).Status.ShouldBe(status);
        (await emulator.Get("files")).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_text_is_served_with_its_type()
    {
        await RunningEmulator.Put(await emulator.Sign("notes.txt"), Encoding.UTF8.GetBytes("hello"));

        using var answer = await emulator.Http.GetAsync("files-host/e/notes.txt");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("hello");
    }
}
