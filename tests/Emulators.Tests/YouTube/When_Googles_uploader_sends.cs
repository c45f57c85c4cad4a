using System.Security.Cryptography;
using Google.Apis.Upload;
using Podcast.Emulators.Tests.YouTube.Support;
using Podcast.Emulators.YouTube.Chaos;
using static Podcast.Emulators.Tests.YouTube.Support.Uploading;

namespace Podcast.Emulators.Tests.YouTube;

/// <summary>Google's .NET client library must not notice.</summary>
public sealed class When_Googles_uploader_sends : IAsyncLifetime
{
    private readonly byte[] media = Bytes((9 * Unit) + 12_345);
    private RunningYouTube youTube = null!;

    public async Task InitializeAsync() => youTube = await RunningYouTube.Start();

    public async Task DisposeAsync() => await youTube.DisposeAsync();

    [Fact]
    public async Task all_chunks_arrive_once()
    {
        var progress = await Uploader(await youTube.Session(media.Length)).UploadAsync();

        progress.Status.ShouldBe(UploadStatus.Completed, progress.Exception?.ToString());
        ShouldBeWhole();
        youTube.Emulator.Videos.Single().Received.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(0, 30)]
    [InlineData(50, 30)]
    public async Task upload_survives_partial_stores_and_errors(double partial, double error)
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { Seed = 3, PartialStorePercent = partial, ChunkErrorPercent = error };

        var progress = await Uploader(session).UploadAsync();

        progress.Status.ShouldBe(UploadStatus.Completed, progress.Exception?.ToString());
        ShouldBeWhole();
        youTube.Emulator.Videos.Single().Received.Count(one => one.Stored < one.Sent).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task resuming_continues_after_a_killed_client()
    {
        var session = await youTube.Session(media.Length);
        youTube.Emulator.Chaos = new YouTubeDial { ServerErrorPercent = 100 };
        (await Uploader(session).UploadAsync()).Status.ShouldBe(UploadStatus.Failed);
        youTube.Emulator.Chaos = new YouTubeDial();
        await youTube.Put(session, $"bytes 0-{(3 * Unit) - 1}/{media.Length}", media.AsMemory(0, 3 * Unit));

        var progress = await Uploader(session).ResumeAsync(session);

        progress.Status.ShouldBe(UploadStatus.Completed, progress.Exception?.ToString());
        ShouldBeWhole();
    }

    [Fact]
    public async Task resuming_finds_a_finished_video()
    {
        var session = await youTube.Session(media.Length);
        await Uploader(session).UploadAsync();

        (await Uploader(session).ResumeAsync(session)).Status.ShouldBe(UploadStatus.Completed);

        ShouldBeWhole();
    }

    [Fact]
    public async Task stream_of_unknown_length_is_uploaded()
    {
        var session = await youTube.Session();
        using var pipe = new UnknownLength(media);
        var upload = ResumableUpload.CreateFromUploadUri(session, pipe);
        upload.ChunkSize = 2 * Unit;

        (await upload.UploadAsync()).Status.ShouldBe(UploadStatus.Completed);

        ShouldBeWhole();
    }

    private ResumableUpload Uploader(Uri session)
    {
        var upload = ResumableUpload.CreateFromUploadUri(session, new MemoryStream(media));
        upload.ChunkSize = 3 * Unit;
        return upload;
    }

    private void ShouldBeWhole()
    {
        var video = youTube.Emulator.Videos.ShouldHaveSingleItem();
        video.Content.Length.ShouldBe(media.Length);
        video.Content.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(media)));
        video.RepeatedBytes.ShouldBe(0);
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
