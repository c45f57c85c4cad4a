using System.IO.Compression;
using Podcast.Contracts;
using Podcast.Testing;
using static Podcast.Processing.Tests.Inspecting_outputs;

namespace Podcast.Processing.Tests;

public sealed class Inspecting_what_is_served
{
    private const TaskKind Audio = TaskKind.AudioExtraction;

    public static TheoryData<string, byte[], string> Served => new()
    {
        { "a page", [.. "<html><body>This link has expired</body></html>"u8, .. new byte[1000]], "a web page" },
        { "an error in JSON", [.. """{"error":"expired"}"""u8, .. new byte[1000]], "JSON" },
        { "plain words", [.. Enumerable.Repeat((byte)'x', 1000)], "plain text" },
        { "46 bytes of an MP3", [.. "ID3"u8, .. new byte[43]], "46 bytes, it should have 1000" },
    };

    [Theory]
    [MemberData(nameof(Served))]
    public async Task wrong_content_served_for_a_file_is_waited_for_some_rounds(string what, byte[] content, string reason)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", Reply.Bytes("audio/mpeg", content));

        (await Look(worker, round: 1)).ShouldBeOfType<OutputCheckDelayed>(what);
        (await Look(worker, round: 4)).ShouldBeOfType<OutputsChecked>().Objections.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData(990, true)]
    [InlineData(989, false)]
    public async Task a_hundredth_of_the_described_bytes_may_be_missing(int bytes, bool isFine)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", Reply.Bytes("audio/mpeg", [.. "ID3"u8, .. new byte[bytes - 3]]));

        (await Look(worker, round: 1) is OutputsChecked).ShouldBe(isFine);
    }

    [Fact]
    public async Task a_described_size_or_length_of_nothing_is_unknown()
    {
        await using var worker = await Worker(duration: 0);
        worker.Ittybit.On("GET /files/file_abc123", Reply.Json("""{"id":"file_abc123","duration":-1}"""));
        worker.Ittybit.On("GET /files/file_a", Reply.Json(
            $$"""{"id":"file_a","duration":0,"filesize":0,"url":"{{worker.Ittybit.Address}}/a.mp3"}"""));
        worker.Ittybit.On("GET /a.mp3", Reply.Content("audio/mpeg", "ID3", 206, ("Content-Range", "bytes 0-2/*")));

        (await Check(worker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_uploads_length_of_nothing_does_not_hide_the_sources_own()
    {
        await using var worker = await Worker(duration: 30);

        var told = await worker.Handle(new CheckOutputs(
            worker.Episode, 1, worker.Source with { DurationSeconds = 0 }, [new EpisodeOutput(Audio, new TaskOutput("file_a", null))]));

        told.ShouldHaveSingleItem().ShouldBeOfType<OutputsChecked>().Objections.ShouldHaveSingleItem().Reason.ShouldContain("30 s long");
    }

    [Theory]
    [InlineData("application/mp4")]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    public async Task a_label_does_not_spoil_a_good_file(string label)
    {
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /files/file_a", Reply.Json(
            $$"""{"id":"file_a","type":"{{label}}","duration":62.5,"url":"{{worker.Ittybit.Address}}/a.mp3"}"""));
        worker.Ittybit.On("GET /a.mp3", Reply.Bytes(label, [.. "ID3"u8, .. new byte[997]]));

        (await Check(worker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_content_encoding_is_undone_and_its_length_is_not_the_files()
    {
        using var encoded = new MemoryStream();
        using (var gzip = new GZipStream(encoded, CompressionMode.Compress))
            gzip.Write([.. "ID3"u8, .. new byte[100_000]]);
        await using var worker = await Worker(duration: 62.5);
        worker.Ittybit.On("GET /a.mp3", Reply.Bytes("audio/mpeg", encoded.ToArray(), ("Content-Encoding", "gzip")));

        (await Check(worker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_server_without_ranges_is_not_heard_to_the_end()
    {
        await using var worker = await Worker(duration: 62.5);
        var left = new TaskCompletionSource();
        worker.Ittybit.On("GET /a.mp3", async http =>
        {
            http.RequestAborted.Register(left.SetResult);
            await http.Response.Body.WriteAsync((byte[])[.. "ID3"u8, .. new byte[16 * 1024]]);
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
        });

        (await Check(worker)).ShouldBeEmpty();
        await left.Task;
    }
}
