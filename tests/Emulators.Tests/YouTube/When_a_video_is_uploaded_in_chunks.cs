using System.Net;
using System.Security.Cryptography;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Testing;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_a_video_is_uploaded_in_chunks : IAsyncLifetime
{
    private readonly byte[] media = Bytes((2 * Unit) + 1000);
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task chunks_are_answered_with_the_stored_range()
    {
        var session = await youTube.Session(media.Length);

        var first = await youTube.Put(session, $"bytes 0-{Unit - 1}/{media.Length}", media.AsMemory(0, Unit));
        var second = await youTube.Put(session, $"bytes {Unit}-{(2 * Unit) - 1}/*", media.AsMemory(Unit, Unit));
        var last = await youTube.Put(session, $"bytes {2 * Unit}-{media.Length - 1}/{media.Length}", media.AsMemory(2 * Unit));

        (first.Status, first.Range()).ShouldBe((HttpStatusCode.PermanentRedirect, $"bytes=0-{Unit - 1}"));
        (second.Status, second.Range()).ShouldBe((HttpStatusCode.PermanentRedirect, $"bytes=0-{(2 * Unit) - 1}"));
        last.Status.ShouldBe(HttpStatusCode.Created);
        ((string?)last.Json["snippet"]!["channelId"]).ShouldBe(RunningYouTube.Channel);
        ((string?)last.Json["status"]!["uploadStatus"]).ShouldBe("uploaded");
        var video = youTube.Emulator.Videos.ShouldHaveSingleItem();
        (video.Content.Length, video.Content.Sha256, video.Content.ContentType)
            .ShouldBe((media.Length, Convert.ToHexStringLower(SHA256.HashData(media)), "video/mp4"));
        video.Received.Select(one => (one.From, one.Stored, one.Repeated))
            .ShouldBe([(0L, Unit, 0L), (Unit, Unit, 0L), (2 * Unit, 1000, 0L)]);
    }

    [Fact]
    public async Task status_query_tells_what_is_stored()
    {
        var session = await youTube.Session();

        var nothing = await youTube.Put(session, "bytes */*");
        await youTube.Put(session, $"bytes 0-{Unit - 1}/*", media.AsMemory(0, Unit));
        var something = await youTube.Put(session, $"bytes */{media.Length}");

        (nothing.Status, nothing.Range()).ShouldBe((HttpStatusCode.PermanentRedirect, null));
        (something.Status, something.Range()).ShouldBe((HttpStatusCode.PermanentRedirect, $"bytes=0-{Unit - 1}"));
    }

    [Fact]
    public async Task finished_session_answers_with_the_same_video()
    {
        var session = await youTube.Session(media.Length);
        var whole = await youTube.Put(session, null, media);

        var status = await youTube.Put(session, $"bytes */{media.Length}");
        var again = await youTube.Put(session, null, media);

        whole.Status.ShouldBe(HttpStatusCode.Created);
        (status.Status, (string?)status.Json["id"]).ShouldBe((HttpStatusCode.OK, (string?)whole.Json["id"]));
        (again.Status, (string?)again.Json["id"]).ShouldBe((HttpStatusCode.OK, (string?)whole.Json["id"]));
        youTube.Emulator.Videos.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task session_uri_needs_no_access_token()
    {
        var session = await youTube.Session(media.Length);
        youTube.Http.DefaultRequestHeaders.Authorization = null;

        (await youTube.Put(session, null, media)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("bytes 0-262142/*", 262_143)]
    [InlineData("bytes 0-262142/525288", 262_143)]
    [InlineData("bytes 262144-524287/*", 262_144)]
    [InlineData("bytes 0-262143/99999999", 262_144)]
    [InlineData("bytes 0-99/*", 262_144)]
    [InlineData("bytes 9-0/*", 0)]
    [InlineData("chunk 1", 262_144)]
    public async Task wrong_chunk_is_refused_and_not_stored(string range, int length)
    {
        var session = await youTube.Session(media.Length);

        var answer = await youTube.Put(session, range, media.AsMemory(0, length));

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.BadRequest, "badRequest"));
        (await youTube.Put(session, "bytes */*")).Range().ShouldBeNull();
    }

    [Fact]
    public async Task repeated_bytes_are_counted_and_not_stored_twice()
    {
        var session = await youTube.Session(media.Length);
        await youTube.Put(session, $"bytes 0-{Unit - 1}/{media.Length}", media.AsMemory(0, Unit));

        var answer = await youTube.Put(session, $"bytes 0-{media.Length - 1}/{media.Length}", media);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        var video = youTube.Emulator.Videos.ShouldHaveSingleItem();
        video.Content.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(media)));
        video.RepeatedBytes.ShouldBe(Unit);
    }

    [Fact]
    public async Task empty_media_makes_a_video_that_fails()
    {
        var answer = await youTube.Put(await youTube.Session(0), "bytes */0");
        youTube.Clock.Advance(TimeSpan.FromMinutes(1));

        var status = (await youTube.Video((string)answer.Json["id"]!))["status"]!;
        ((string?)status["uploadStatus"], (string?)status["failureReason"]).ShouldBe(("failed", "emptyFile"));
    }

    [Fact]
    public async Task restart_keeps_sessions_tokens_quota_and_the_dial()
    {
        using var directory = new TemporaryDirectory();
        Uri session;
        string token;
        await using (var first = await RunningYouTube.Start(directory: directory.Path))
        {
            token = first.Http.DefaultRequestHeaders.Authorization!.Parameter!;
            session = await first.Session(media.Length);
            await first.Put(session, $"bytes 0-{Unit - 1}/{media.Length}", media.AsMemory(0, Unit));
            first.Emulator.Chaos = new() { Seed = 7 };
        }

        await using var second = await RunningYouTube.Start(directory: directory.Path, connect: false);
        second.Use(token);
        session = new Uri(second.Http.BaseAddress!, session.PathAndQuery);

        (await second.Put(session, "bytes */*")).Range().ShouldBe($"bytes=0-{Unit - 1}");
        var end = await second.Put(session, $"bytes {Unit}-{media.Length - 1}/{media.Length}", media.AsMemory(Unit));
        end.Status.ShouldBe(HttpStatusCode.Created);
        second.Emulator.Videos.Single().Content.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(media)));
        (await second.Video((string)end.Json["id"]!)).ShouldNotBeNull();
        second.Emulator.Quota.Single().Inserts.ShouldBe(1);
        second.Emulator.Chaos.Seed.ShouldBe(7);
    }
}
