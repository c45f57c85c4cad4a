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
        var answer = await emulator.Post("signatures", new JsonObject { ["filename"] = "ep 1?.mp4", ["folder"] = "shows/one", ["method"] = "put" });

        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)answer.Json["filename"]).ShouldBe("ep-1-.mp4");
        ((string?)answer.Json["folder"]).ShouldBe("shows/one");
        ((string?)answer.Json["method"]).ShouldBe("put");
        DateTimeOffset.FromUnixTimeSeconds((long)answer.Json["expiry"]!).ShouldBe(
            TimeProvider.System.GetUtcNow().AddHours(1), TimeSpan.FromMinutes(1));
        ((string?)answer.Json["url"]).ShouldBe(
            $"{emulator.Http.BaseAddress}files-host/shows/one/ep-1-.mp4?expiry={answer.Json["expiry"]}&method=put&signature={answer.Json["signature"]}");
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
    public async Task a_range_with_other_bytes_after_the_end_is_refused()
    {
        var url = await emulator.Sign("done.bin");
        await RunningEmulator.Put(url, Content[..10], "bytes=0-9/10");

        var other = await RunningEmulator.Put(url, Content[10..20], "bytes=0-9/10");

        other.Status.ShouldBe(HttpStatusCode.Conflict);
        (await emulator.Http.GetByteArrayAsync("files-host/e/done.bin")).ShouldBe(Content[..10]);
    }

    [Fact]
    public async Task a_range_shorter_than_it_says_does_not_count()
    {
        var url = await emulator.Sign("raw-4.bin");

        var tooShort = await RunningEmulator.Put(url, Content[..100], "bytes=0-49999/100000");
        var rest = await RunningEmulator.Put(url, Content[50_000..], "bytes=50000-99999/100000");

        tooShort.Status.ShouldBe(HttpStatusCode.BadRequest);
        rest.Status.ShouldBe(HttpStatusCode.Accepted);
        ((long)rest.Json["received"]!).ShouldBe(50_000);
    }

    [Theory]
    [InlineData("bytes=5-4/10")]
    [InlineData("bytes=0-10/10")]
    [InlineData("0-9/10")]
    [InlineData("bytes=0-9/99999999999999999999")]
    public async Task a_range_that_makes_no_sense_is_refused(string contentRange)
    {
        var answer = await RunningEmulator.Put(await emulator.Sign("raw-5.bin"), Content[..10], contentRange);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain("Content-Range");
    }

    [Fact]
    public async Task a_range_of_another_total_is_refused()
    {
        var url = await emulator.Sign("raw-6.bin");
        await RunningEmulator.Put(url, Content[..10], "bytes=0-9/100");

        var answer = await RunningEmulator.Put(url, Content[10..20], "bytes=10-19/200");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain("100");
    }

    [Fact]
    public async Task a_changed_url_is_refused()
    {
        var url = await emulator.Sign("changed.bin");
        string[] changed =
        [
            url.AbsoluteUri.Replace("changed.bin", "other.bin", StringComparison.Ordinal),
            url.AbsoluteUri.Replace("method=put", "method=get", StringComparison.Ordinal),
            url.AbsoluteUri.Replace("expiry=", "expiry=9", StringComparison.Ordinal),
            url.AbsoluteUri[..^1] + (url.AbsoluteUri[^1] == 'A' ? 'B' : 'A'),
            url.GetLeftPart(UriPartial.Path),
            (await emulator.Sign("changed.bin", method: "get")).AbsoluteUri,
        ];

        foreach (var one in changed)
            (await RunningEmulator.Put(new Uri(one), Content)).Status.ShouldBe(HttpStatusCode.Forbidden, one);
        (await emulator.Get("files-host/e/changed.bin")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task an_expired_url_is_refused()
    {
        var clock = new ShiftedClock();
        await using var later = await RunningEmulator.Start(clock: clock);
        var url = await later.Sign("raw.bin", expiry: clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds());

        clock.Shift = TimeSpan.FromMinutes(11);

        var answer = await RunningEmulator.Put(url, Content);
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.ErrorMessage.ShouldContain("expired");
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
    public async Task a_file_beyond_the_limit_is_refused_and_not_kept()
    {
        using var directory = new Testing.TemporaryDirectory();
        await using var small = await RunningEmulator.Start(options => options.MaxUploadBytes = 50_000, directory: directory.Path);

        var told = await RunningEmulator.Put(await small.Sign("raw-7.bin"), Content);
        var range = await RunningEmulator.Put(await small.Sign("raw-8.bin"), Content[..10], "bytes=0-9/50001");
        using var client = new HttpClient();
        using var chunked = new StreamContent(new NoLengthStream(Content));
        using var untold = await client.PutAsync(await small.Sign("raw-9.bin"), chunked);

        told.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        range.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        untold.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Directory.EnumerateFiles(directory["work"]).ShouldBeEmpty();
        Directory.EnumerateFiles(directory["blobs"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task names_cannot_leave_their_folder()
    {
        var answer = await emulator.Post("signatures", new JsonObject { ["filename"] = "../../state.db", ["folder"] = "../..//etc", ["method"] = "put" });

        ((string?)answer.Json["filename"]).ShouldBe("-..-state.db");
        ((string?)answer.Json["folder"]).ShouldBe("file/file/etc");
    }

    [Theory]
    [InlineData("{}", "filename")]
    [InlineData("""{"filename":"a","method":"delete"}""", "method")]
    [InlineData("""{"filename":"a","expiry":1}""", "expiry")]
    [InlineData("""{"filename":"a","expiry":"soon"}""", "expiry")]
    public async Task a_wrong_signature_request_is_told_what_is_wrong(string body, string field)
    {
        var answer = await emulator.Post("signatures", JsonNode.Parse(body)!);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorMessage.ShouldContain(field);
    }

    private sealed class NoLengthStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
