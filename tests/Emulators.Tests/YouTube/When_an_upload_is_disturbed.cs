using System.Net;
using System.Security.Cryptography;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube.Chaos;
using Podcast.Testing;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

public sealed class When_an_upload_is_disturbed : IAsyncLifetime
{
    private readonly byte[] media = Bytes(4 * Unit);
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task half_a_chunk_may_be_stored()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { PartialStorePercent = 100 };

        var answer = await youTube.Put(session, $"bytes 0-{media.Length - 1}/{media.Length}", media);

        (answer.Status, answer.Range()).ShouldBe((HttpStatusCode.PermanentRedirect, $"bytes=0-{(2 * Unit) - 1}"));
    }

    [Fact]
    public async Task server_error_may_follow_half_a_chunk()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { ChunkErrorPercent = 100 };

        var answer = await youTube.Put(session, $"bytes 0-{media.Length - 1}/{media.Length}", media);

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.ServiceUnavailable, "backendError"));
        (await youTube.Put(session, "bytes */*")).Range().ShouldBe($"bytes=0-{(2 * Unit) - 1}");
        youTube.Emulator.Chaos = new YouTubeDial();
        var rest = await youTube.Put(session, $"bytes {2 * Unit}-{media.Length - 1}/{media.Length}", media.AsMemory(2 * Unit));
        rest.Status.ShouldBe(HttpStatusCode.Created);
        var video = youTube.Emulator.Videos.ShouldHaveSingleItem();
        (video.Content.Sha256, video.RepeatedBytes).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(media)), 0));
    }

    [Fact]
    public async Task session_may_be_forgotten_when_it_is_complete()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { ForgottenSessionPercent = 100 };

        var answer = await youTube.Put(session, $"bytes 0-{media.Length - 1}/{media.Length}", media);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        (await youTube.Put(session, $"bytes */{media.Length}")).Status.ShouldBe(HttpStatusCode.NotFound);
        youTube.Emulator.Videos.ShouldHaveSingleItem().Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task connection_may_be_reset_after_half_a_chunk()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { ChunkResetPercent = 100 };

        await Should.ThrowAsync<HttpRequestException>(() => youTube.Put(session, $"bytes 0-{media.Length - 1}/{media.Length}", media));

        (await youTube.Put(session, "bytes */*")).Range().ShouldBe($"bytes=0-{(2 * Unit) - 1}");
    }

    [Fact]
    public async Task bytes_of_a_broken_request_are_kept_in_whole_units()
    {
        var session = await youTube.Session(media.Length);
        using var content = new StreamContent(new BreakingStream(media.AsSpan(0, Unit + 100).ToArray(), IsUnitStored));
        content.Headers.ContentLength = media.Length;

        await Should.ThrowAsync<HttpRequestException>(() => youTube.Send(HttpMethod.Put, session.AbsoluteUri, content));

        (await youTube.Put(session, "bytes */*")).Range().ShouldBe($"bytes=0-{Unit - 1}");
    }

    [Fact]
    public async Task answer_to_the_last_chunk_may_be_lost()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { LostAnswerPercent = 100 };

        await Should.ThrowAsync<HttpRequestException>(() => youTube.Put(session, null, media));

        youTube.Emulator.Chaos = new YouTubeDial();
        var status = await youTube.Put(session, $"bytes */{media.Length}");
        ((string?)status.Json["id"]).ShouldBe(youTube.Emulator.Videos.Single().Id);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task session_expires_after_a_week(int answer)
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { ExpiredSessionStatus = answer };
        youTube.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await youTube.Put(session, "bytes */*")).Status.ShouldBe(HttpStatusCode.PermanentRedirect);

        youTube.Clock.Advance(TimeSpan.FromSeconds(1));

        ((int)(await youTube.Put(session, "bytes */*")).Status).ShouldBe(answer);
    }

    [Fact]
    public async Task session_may_expire_at_a_chunk()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { SessionExpiryPercent = 100 };

        var answer = await youTube.Put(session, $"bytes 0-{Unit - 1}/{media.Length}", media.AsMemory(0, Unit));

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        youTube.Emulator.Chaos = new YouTubeDial();
        (await youTube.Put(session, "bytes */*")).Status.ShouldBe(HttpStatusCode.NotFound);
        youTube.Emulator.Uploads.ShouldHaveSingleItem().IsExpired.ShouldBeTrue();
    }

    [Fact]
    public async Task session_start_may_be_answered_409()
    {
        youTube.Emulator.Chaos = new YouTubeDial { SessionConflictPercent = 100 };

        var answer = await youTube.StartSession(Metadata());

        (answer.Status, answer.Reason()).ShouldBe((HttpStatusCode.Conflict, "alreadyExists"));
        youTube.Emulator.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task seed_decides_which_chunks_fail()
    {
        (await Failures(1)).ShouldBe(await Failures(1));
        (await Failures(1)).ShouldNotBe(await Failures(2));

        async Task<string> Failures(int seed)
        {
            var session = await youTube.Session(media.Length);
            youTube.Emulator.Chaos = new YouTubeDial { Seed = seed, ChunkErrorPercent = 50 };
            var answers = new List<HttpStatusCode>();
            for (var at = 0; at < 16; at++)
                answers.Add((await youTube.Put(session, $"bytes 0-{Unit - 1}/{media.Length}", media.AsMemory(0, Unit))).Status);
            youTube.Emulator.Chaos = new YouTubeDial();
            return string.Join(' ', answers);
        }
    }

    /// <summary>Some bytes, and then an error.</summary>
    private bool IsUnitStored() =>
        Directory.EnumerateFiles(Path.Combine(youTube.Directory, "uploads")).Any(file => new FileInfo(file).Length >= Unit);

    /// <summary>
    /// Breaks the request after its bytes, as soon as the server has read them: the network drops what a broken connection still has
    /// to deliver.
    /// </summary>
    private sealed class BreakingStream(byte[] bytes, Func<bool> areRead) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
                return await base.ReadAsync(buffer, cancellationToken);
            await Eventually.Holds(areRead, "the server has read the bytes");
            throw new IOException("The client is killed.");
        }
    }
}
