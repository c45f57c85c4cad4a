using System.Net;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_an_upload_is_refused(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(number => (byte)number)];

    private readonly RunningEmulator emulator = shared.Simulating;

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
