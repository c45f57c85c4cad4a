using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Tests.Ittybit.Support;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_a_source_cannot_be_read : IAsyncLifetime
{
    private RunningEmulator emulator = null!;
    private WebhookReceiver receiver = null!;

    public async Task InitializeAsync()
    {
        emulator = await RunningEmulator.Start();
        receiver = await WebhookReceiver.Start();
    }

    public async Task DisposeAsync()
    {
        await emulator.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("this is a text, not a video, whatever its name says", "format_unsupported")]
    [InlineData("", "format_unsupported")]
    public async Task a_source_that_is_no_media_fails_the_task(string content, string error)
    {
        var fileId = await emulator.Upload(Encoding.UTF8.GetBytes(content));
        var id = await emulator.Make(TaskBodies.Video(fileId, receiver.Url));

        var end = await receiver.End(id);

        end.Status.ShouldBe("failed");
        ((string?)end.Json["error"]).ShouldStartWith(error);
        end.Json["output"].ShouldBeNull();
    }

    [Fact]
    public async Task a_source_that_ends_too_early_fails_the_task()
    {
        var fileId = await emulator.Upload(Sample.Episode[..^1000]);

        var task = await emulator.Run(TaskBodies.Audio(fileId));

        ((string?)task["error"]).ShouldStartWith("corrupt");
    }

    [Fact]
    public async Task a_url_that_answers_404_fails_the_task_for_good()
    {
        var task = await emulator.Run(new JsonObject { ["kind"] = "audio", ["url"] = $"{receiver.Url}/no-such-file.mp4" });

        ((string?)task["status"]).ShouldBe("failed");
        ((string?)task["error"]).ShouldBe("invalid_input: the source answered 404.");
    }

    [Fact]
    public async Task a_url_that_nobody_answers_fails_the_task_for_now()
    {
        var task = await emulator.Run(new JsonObject { ["kind"] = "audio", ["url"] = "http://127.0.0.1:9/a.mp4" });

        ((string?)task["error"]).ShouldStartWith("source_unavailable");
    }

    [Fact]
    public async Task a_source_beyond_the_limit_fails_the_task()
    {
        await using var small = await RunningEmulator.Start(options => options.MaxUploadBytes = 1000);
        var fileId = await emulator.UploadEpisode();

        var task = await small.Run(
            new JsonObject { ["kind"] = "audio", ["url"] = (string?)(await emulator.Get($"files/{fileId}")).Json["url"] });

        ((string?)task["error"]).ShouldBe("invalid_input: the source is too big.");
    }
}
