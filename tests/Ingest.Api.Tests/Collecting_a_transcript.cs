using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Podcast.Contracts;
using Podcast.Ingest.Api.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.Ingest.Api.Tests;

public sealed class Collecting_a_transcript
{
    private const string Speech =
        """{"detected":true,"speakers":2,"language":"en","text":["Hello there.","Welcome."],"timeline":[{"index":0,"start":0,"end":1.5,"speaker":0,"text":"Hello there."},{"index":1,"start":1.5,"end":3,"speaker":1,"text":"Welcome."}]}""";

    [Fact]
    public async Task expired_address_is_replaced_by_the_files_fresh_one()
    {
        await using var worker = await Worker(Reply.Json(Speech));
        worker.Ittybit.On("GET /files/file_9", Reply.Json($$"""{"id":"file_9","url":"{{worker.Ittybit.Address}}/t.json?signature=fresh"}"""));
        worker.Ittybit.On("GET /expired.json", Reply.Content("text/plain", "no", 403));

        var collected = await worker.Collects(new TaskOutput("file_9", new Uri(worker.Ittybit.Address + "/expired.json")));

        (collected.Text, collected.Language).ShouldBe(("Hello there.\nWelcome.", "en"));
        collected.Lines.ShouldBe([new TranscriptLine(0, 1.5, "Hello there.", "0"), new TranscriptLine(1.5, 3, "Welcome.", "1")]);
        worker.Ittybit.Requests.Select(request => request.Line + request.Query)
            .ShouldBe(["GET /expired.json", "GET /files/file_9", "GET /t.json?signature=fresh"]);
    }

    [Fact]
    public async Task a_stranger_gets_neither_our_key_nor_our_trace()
    {
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(traces);
        using var source = new ActivitySource("test");
        using var activity = source.StartActivity("consume").ShouldNotBeNull();
        await using var worker = await Worker(Reply.Json(Speech));

        await worker.Collects(ByAddress(worker));

        var headers = worker.Ittybit.Requests.ShouldHaveSingleItem().Headers;
        headers.Keys.ShouldNotContain("Authorization");
        headers.Keys.ShouldNotContain("traceparent");
        headers.Keys.ShouldNotContain("Accept-Encoding");
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task file_is_asked_for_only_after_the_output_address(int status)
    {
        await using var worker = await Worker(Reply.Json(Speech));
        worker.Ittybit.On("GET /files/file_9", Reply.Json("{}", status));
        worker.Ittybit.On("GET /gone.json", Reply.Content("text/plain", "no", 410));

        (await worker.Collects(new TaskOutput("file_9", new Uri(worker.Ittybit.Address + "/t.json")))).Lines.Count.ShouldBe(2);
        worker.Ittybit.Requests.ShouldHaveSingleItem().Line.ShouldBe("GET /t.json");
        (await worker.Refuses(new TaskOutput("file_9", new Uri(worker.Ittybit.Address + "/gone.json")))).Message.ShouldContain("410");
    }

    [Theory]
    [InlineData(500, true, null)]
    [InlineData(401, true, 30)]
    [InlineData(404, false, null)]
    public async Task without_any_address_it_is_rejected(int status, bool transient, int? wait)
    {
        await using var worker = await Worker(Reply.Json(Speech));
        worker.Ittybit.On("GET /files/file_9", Reply.Json("{}", status));

        var rejected = await worker.Refuses(new TaskOutput("file_9", null));
        rejected.Transient.ShouldBe(transient);
        (rejected.Until - worker.Clock.GetUtcNow()).ShouldBe(wait is null ? null : TimeSpan.FromSeconds(wait.Value));
        (await worker.Refuses(new TaskOutput(null, null))).Transient.ShouldBeFalse();
    }

    public static TheoryData<string, RequestDelegate, bool, string> Bad => new()
    {
        { "gone for a while", Reply.Content("text/plain", "no", 503), true, "503" },
        { "signature expired", Reply.Content("text/plain", "no", 403), true, "403" },
        { "gone for good", Reply.Content("text/plain", "no", 410), false, "410" },
        { "a login page", Reply.Content("text/html", "<html>log in</html>"), true, "web page" },
        { "a page that says it is text", Reply.Content("text/plain", "<!DOCTYPE html><html>log in</html>"), true, "web page" },
        { "sound", Reply.Content("application/json", "ID3"), false, "an MP3" },
        { "plain text", Reply.Content("text/plain", "Service unavailable"), false, "plain text" },
        { "TTML", Reply.Content("text/vtt", "<tt xmlns='http://www.w3.org/ns/ttml'/>"), false, "TTML" },
        { "an error in JSON", Reply.Json("""{"message":"Forbidden"}"""), true, "an error in JSON" },
        { "empty", Reply.Content("application/json", ""), false, "empty" },
        { "broken JSON", Reply.Content("application/json", """{"text":["Hel"""), true, "broken" },
        { "hung up", Reply.HangUp, true, "cannot be fetched" },
        { "cut short", Reply.CutShort("application/json", """{"text":["Hel"""), true, "cut short" },
        { "compressed", Reply.Content("application/json", "\u0001\u0002", 200, ("Content-Encoding", "zstd")), false, "not UTF-8 text" },
        { "larger than that once it is decoded", Reply.Bytes("text/vtt", Gzip(new string(' ', 100_000)), ("Content-Encoding", "gzip")), false, "larger" },
        { "compressed and cut", Reply.Bytes("text/vtt", Gzip(Speech)[..^20], ("Content-Encoding", "gzip")), true, "cut short" },
        { "compressed otherwise and cut", Reply.Bytes("text/vtt", Brotli(Encoding.UTF8.GetBytes(Speech))[..^20], ("Content-Encoding", "br")), true, "cut short" },
        { "too large, and says so", Reply.Content("text/plain", "x", 200, ("Content-Length", "9999999")), false, "larger" },
        { "too large, and does not say so", Reply.Content("text/plain", new string('x', 5000)), false, "larger" },
        { "round in circles", Reply.Redirect("/t.json"), false, "leads on" },
        { "to nowhere on the web", Reply.Redirect("ftp://127.0.0.1/x"), false, "Only http and https" },
        { "to the inside", Reply.Redirect("http://169.254.169.254/latest/meta-data"), false, "public Internet" },
        { "to the inside in disguise", Reply.Redirect("http://[::ffff:10.0.0.1]/"), false, "public Internet" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task invalid_transcript_is_rejected_with_its_reason(string what, RequestDelegate reply, bool transient, string reason)
    {
        await using var worker = await CollectorScenario.Start(("Transcripts:MaxBytes", "4096"));
        worker.Ittybit.On("GET /t.json", reply);

        var rejected = await worker.Refuses(new TaskOutput(null, new Uri(worker.Ittybit.Address + "/t.json?signature=s3cr3t")));

        rejected.Message.ShouldContain(reason, customMessage: what);
        rejected.Transient.ShouldBe(transient, what);
        rejected.Message.ShouldNotContain("s3cr3t");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("none, it says")]
    [InlineData("twice")]
    [InlineData("gzip, it says")]
    [InlineData("br, it says")]
    [InlineData("deflate, it says")]
    public async Task a_content_encoding_is_undone_where_there_is_one(string how)
    {
        var plain = Encoding.UTF8.GetBytes(Speech);
        await using var worker = await Worker(how switch
        {
            "gzip" => Reply.Bytes("application/json", Gzip(Speech), ("Content-Encoding", "gzip")),
            "br" => Reply.Bytes("application/json", Brotli(plain), ("Content-Encoding", "br")),
            "deflate" => Reply.Bytes("text/plain", Encoded(plain, stream => new ZLibStream(stream, CompressionMode.Compress)), ("Content-Encoding", "deflate")),
            "none, it says" => Reply.Bytes("application/json", Gzip(Speech)),
            "twice" => Reply.Bytes(null, Brotli(Gzip(Speech)), ("Content-Encoding", "gzip, br")),
            _ => Reply.Bytes("application/json", plain, ("Content-Encoding", how[..how.IndexOf(',', StringComparison.Ordinal)])),
        });

        (await worker.Collects(ByAddress(worker))).Lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_transcript_that_does_not_come_is_rejected_in_time()
    {
        await using var worker = await Worker(Reply.Silence);

        var handling = worker.Refuses(new TaskOutput(null, new Uri(worker.Ittybit.Address + "/t.json")));
        await Eventually.Holds(() => worker.Ittybit.Requests.Count == 1, "the request is there");
        worker.Clock.Advance(TimeSpan.FromMinutes(2));

        (await handling).ShouldSatisfyAllConditions(
            rejected => rejected.Transient.ShouldBeTrue(), rejected => rejected.Message.ShouldContain("in time"));
    }

    [Theory]
    [InlineData("ftp://you.ittybit.net/t.json")]
    [InlineData("file:///etc/passwd")]
    public async Task only_addresses_of_the_web_are_followed(string address)
    {
        await using var worker = await CollectorScenario.Start();

        (await worker.Refuses(new TaskOutput(null, new Uri(address)))).Transient.ShouldBeFalse();
    }

    [Fact]
    public async Task loopback_is_inside_unless_it_is_allowed()
    {
        await using var worker = await CollectorScenario.Start(("Sources:AllowLoopback", "false"));
        worker.Ittybit.On("GET /t.json", Reply.Json(Speech));

        var rejected = await worker.Refuses(new TaskOutput(null, new Uri(worker.Ittybit.Address + "/t.json")));

        rejected.Message.ShouldContain("public Internet");
        worker.Ittybit.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task more_words_than_are_stored_are_rejected()
    {
        await using var worker = await CollectorScenario.Start(("Transcripts:MaxStoredBytes", "1024"));
        worker.Ittybit.On("GET /t.json", Reply.Json($$"""{"text":["{{new string('w', 2000)}}"]}"""));

        (await worker.Refuses(new TaskOutput(null, new Uri(worker.Ittybit.Address + "/t.json")))).Message.ShouldContain("more than 1024 bytes");
    }

    private static byte[] Gzip(string text) =>
        Encoded(Encoding.UTF8.GetBytes(text), stream => new GZipStream(stream, CompressionMode.Compress));

    private static byte[] Brotli(byte[] content) => Encoded(content, stream => new BrotliStream(stream, CompressionMode.Compress));

    private static byte[] Encoded(byte[] content, Func<Stream, Stream> encoder)
    {
        using var encoded = new MemoryStream();
        using (var stream = encoder(encoded))
            stream.Write(content);
        return encoded.ToArray();
    }

    private static TaskOutput ByAddress(CollectorScenario worker) => new(null, new Uri(worker.Ittybit.Address + "/t.json"));

    private static async Task<CollectorScenario> Worker(RequestDelegate transcript)
    {
        var worker = await CollectorScenario.Start();
        worker.Ittybit.On("GET /t.json", transcript);
        return worker;
    }
}
