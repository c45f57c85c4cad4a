using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_files_are_uploaded(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];

    private readonly RunningEmulator emulator = shared.Simulating;

    [Fact]
    public async Task a_signature_says_where_to_put_the_file()
    {
        var answer = await emulator.Post(
            "signatures", new JsonObject { ["filename"] = "ep 1?.mp4", ["folder"] = "shows/one", ["method"] = "put" });

        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)answer.Json["filename"]).ShouldBe("ep-1-.mp4");
        ((string?)answer.Json["folder"]).ShouldBe("shows/one");
        ((string?)answer.Json["method"]).ShouldBe("put");
        DateTimeOffset.FromUnixTimeSeconds((long)answer.Json["expiry"]!).ShouldBe(
            TimeProvider.System.GetUtcNow().AddHours(1), TimeSpan.FromMinutes(1));
        ((string?)answer.Json["url"]).ShouldBe(
            $"{emulator.Http.BaseAddress}files-host/shows/one/ep-1-.mp4"
            + $"?expiry={answer.Json["expiry"]}&method=put&signature={answer.Json["signature"]}");
    }

    [Fact]
    public async Task a_whole_file_becomes_a_file_with_a_media_object_of_its_own()
    {
        var answer = await RunningEmulator.Put(await emulator.Sign("episode.mp4"), Sample.Episode);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var file = answer.Json;
        ((string?)file["object"]).ShouldBe("source");
        ((string?)file["kind"]).ShouldBe("video");
        ((string?)file["type"]).ShouldBe("video/mp4");
        ((int)file["width"]!, (int)file["height"]!).ShouldBe((1280, 720));
        ((double)file["duration"]!).ShouldBe(Sample.Seconds, 0.05);
        ((long)file["filesize"]!).ShouldBe(Sample.Episode.Length);

        var media = (await emulator.Get($"media/{file["media_id"]}")).Json;
        ((string?)media["files"]![0]!["id"]).ShouldBe((string?)file["id"]);
        ((string?)media["urls"]!["original"]).ShouldBe((string?)file["url"]);
        (await emulator.Http.GetByteArrayAsync((string?)file["url"])).ShouldBe(Sample.Episode);
    }

    [Theory]
    [InlineData("bytes=")]
    [InlineData("bytes ")]
    public async Task ranges_in_any_order_become_the_whole(string prefix)
    {
        var url = await emulator.Sign($"raw-{prefix.Length}-{(int)prefix[^1]}.bin");

        var last = await RunningEmulator.Put(url, Content[60_000..], $"{prefix}60000-99999/100000");
        var middle = await RunningEmulator.Put(url, Content[30_000..60_000], $"{prefix}30000-59999/100000");
        var first = await RunningEmulator.Put(url, Content[..30_000], $"{prefix}0-29999/100000");

        last.Status.ShouldBe(HttpStatusCode.Accepted);
        middle.Status.ShouldBe(HttpStatusCode.Accepted);
        ((long)middle.Json["received"]!).ShouldBe(70_000);
        first.Status.ShouldBe(HttpStatusCode.Created);
        (await emulator.Http.GetByteArrayAsync((string?)first.Json["url"])).ShouldBe(Content);
    }

    [Fact]
    public async Task ranges_in_parallel_become_one_file()
    {
        var url = await emulator.Sign("raw-2.bin");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(part =>
            RunningEmulator.Put(url, Content[(part * 5000)..((part + 1) * 5000)], $"bytes={part * 5000}-{(part * 5000) + 4999}/100000")));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBe(19);
        var file = answers.Single(answer => answer.Status == HttpStatusCode.Created).Json;
        (await emulator.Http.GetByteArrayAsync((string?)file["url"])).ShouldBe(Content);
    }

    [Fact]
    public async Task a_range_that_comes_again_after_the_end_gets_the_same_file()
    {
        var url = await emulator.Sign("raw-3.bin");
        await RunningEmulator.Put(url, Content[..50_000], "bytes=0-49999/100000");
        var end = await RunningEmulator.Put(url, Content[50_000..], "bytes=50000-99999/100000");

        var again = await RunningEmulator.Put(url, Content[50_000..], "bytes=50000-99999/100000");

        again.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)again.Json["id"]).ShouldBe((string?)end.Json["id"]);
    }

    [Fact]
    public async Task the_api_key_puts_too()
    {
        using var body = new ByteArrayContent(Content);
        using var answer = await emulator.Http.PutAsync("files-host/server/side.bin", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_client_signs_by_itself_with_a_configured_key()
    {
        await using var strict = await RunningEmulator.Start(options => options.ApiKeys = [RunningEmulator.Key]);
        var expiry = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds();
        var message = $"private/image.png?expiry={expiry}&method=put";
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(RunningEmulator.Key), Encoding.UTF8.GetBytes(message));
        var signature = Convert.ToBase64String(hash).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        var answer = await RunningEmulator.Put(new Uri(strict.Http.BaseAddress!, $"files-host/{message}&signature={signature}"), Content);

        answer.Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task names_cannot_leave_their_folder()
    {
        var answer = await emulator.Post(
            "signatures", new JsonObject { ["filename"] = "../../state.db", ["folder"] = "../..//etc", ["method"] = "put" });

        ((string?)answer.Json["filename"]).ShouldBe("-..-state.db");
        ((string?)answer.Json["folder"]).ShouldBe("file/file/etc");
    }
}
