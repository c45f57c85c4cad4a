using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit.MediaWork.Real;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

/// <summary>Real work, on the first seconds of the sample where the length does not matter.</summary>
public sealed class When_ffmpeg_is_there(SharedRealEmulator shared) : IClassFixture<SharedRealEmulator>
{
    private const double Short = 5;

    private readonly RunningEmulator emulator = shared.Working;

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task the_mp3_has_192_kilobits_and_two_channels()
    {
        var probe = await Probe.Of(await Output(await emulator.Run(TaskBodies.Audio(await emulator.UploadEpisode()))));

        ((string?)probe.Audio!["codec_name"]).ShouldBe("mp3");
        ((string?)probe.Audio["bit_rate"]).ShouldBe("192000");
        ((int?)probe.Audio["channels"]).ShouldBe(2);
        probe.Duration.ShouldBe(Sample.Seconds, 0.5);
        probe.Video.ShouldBeNull();
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task one_channel_and_another_rate_are_made_too()
    {
        var body = TaskBodies.Audio(await emulator.Upload(await Excerpt()));
        (body["channels"], body["bitrate"], body["start"], body["end"]) = (1, 64000, 1, 3.5);

        var probe = await Probe.Of(await Output(await emulator.Run(body)));

        ((int?)probe.Audio!["channels"], (string?)probe.Audio["bit_rate"]).ShouldBe((1, "64000"));
        probe.Duration.ShouldBe(2.5, 0.2);
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task the_mp4_has_1080_lines_30_frames_a_second_and_sound()
    {
        var task = await emulator.Run(TaskBodies.Video(await emulator.Upload(await Excerpt())));

        var probe = await Probe.Of(await Output(task));
        ((string?)probe.Video!["codec_name"]).ShouldBe("h264");
        ((int)probe.Video["width"]!, (int)probe.Video["height"]!).ShouldBe((1920, 1080));
        ((string?)probe.Video["avg_frame_rate"]).ShouldBe("30/1");
        ((string?)probe.Video["pix_fmt"]).ShouldBe("yuv420p");
        ((string?)probe.Audio!["codec_name"]).ShouldBe("aac");
        probe.Bitrate.ShouldBeLessThan(5_500_000);
        probe.Duration.ShouldBe(Short, 0.5);
        ((double)task["output"]!["duration"]!).ShouldBe(probe.Duration, 0.05);
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task a_picture_of_another_shape_gets_bars_and_not_distorted()
    {
        var body = TaskBodies.Video(await emulator.Upload(await Excerpt()));
        (body["width"], body["height"], body["fps"]) = (480, 480, 10);

        var video = await Output(await emulator.Run(body));

        ((int)(await Probe.Of(video)).Video!["height"]!).ShouldBe(480);
        var top = await Brightness(video, "crop=480:20:0:0");
        var middle = await Brightness(video, "crop=480:20:0:230");
        top.ShouldBeLessThan(18);
        middle.ShouldBeGreaterThan(40);
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task progress_is_what_ffmpeg_reports()
    {
        await using var receiver = await WebhookReceiver.Start();
        var body = TaskBodies.Video(await emulator.UploadEpisode(), receiver.Url);
        (body["width"], body["height"]) = (640, 360);
        var id = await emulator.Make(body);

        await receiver.End(id);

        var progress = receiver.All.Select(delivery => (int)delivery.Json["progress"]!).ToList();
        progress.ShouldBeInOrder(SortDirection.Ascending);
        progress.ShouldContain(percent => percent > 0 && percent < 100);
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task the_image_is_the_picture_of_its_moment()
    {
        var fileId = await emulator.Upload(await Excerpt());
        var (first, last, png) = (TaskBodies.Image(fileId), TaskBodies.Image(fileId), TaskBodies.Image(fileId));
        (first["start"], last["start"], png["format"]) = (0, 4, "png");

        var task = await emulator.Run(last);
        var image = await Output(task);

        ((string?)task["output"]!["type"], (int?)task["output"]!["width"]).ShouldBe(("image/jpeg", 640));
        ((string?)(await Probe.Of(image)).Video!["codec_name"]).ShouldBe("mjpeg");
        image.ShouldNotBe(await Output(await emulator.Run(first)));
        ((string?)(await Probe.Of(await Output(await emulator.Run(png)))).Video!["codec_name"]).ShouldBe("png");
    }

    [RequiresFact("ffmpeg")]
    public async Task an_image_behind_the_end_fails_with_the_reason()
    {
        var body = TaskBodies.Image(await emulator.Upload(await Excerpt()));
        body["start"] = 60;

        var task = await emulator.Run(body);

        ((string?)task["error"]).ShouldBe("invalid_input: start lies at or behind the end.");
    }

    [RequiresFact("ffmpeg")]
    public async Task chapters_begin_where_the_picture_changes_and_nobody_speaks()
    {
        var task = await emulator.Run(TaskBodies.Chapters(await emulator.UploadEpisode()));

        var chapters = task["output"]!["chapters"]!.AsArray();
        chapters.Select(chapter => (string?)chapter!["title"]).ShouldBe(["Chapter 1", "Chapter 2", "Chapter 3"]);
        ((double)chapters[0]!["start"]!).ShouldBe(0);
        ((double)chapters[1]!["start"]!).ShouldBe(7.84, 0.2);
        ((double)chapters[2]!["start"]!).ShouldBe(16.08, 0.2);
        ((double)chapters[2]!["end"]!).ShouldBe(Sample.Seconds, 0.1);
        Encoding.UTF8.GetString(await Output(task)).ShouldContain("00:00:07.840 --> 00:00:16.080\nChapter 2");
    }

    [RequiresFact("ffmpeg", "pocketsphinx_continuous")]
    public async Task the_transcript_has_words_with_times()
    {
        var task = await emulator.Run(TaskBodies.Speech(await emulator.Upload(await Excerpt())));

        var transcript = JsonNode.Parse(await Output(task))!;
        ((bool)transcript["detected"]!).ShouldBeTrue();
        string.Join(' ', transcript["text"]!.AsArray()).Split(' ').Length.ShouldBeGreaterThan(5);
        var timeline = transcript["timeline"]!.AsArray();
        timeline.Select(line => (double)line!["start"]!).ShouldBeInOrder(SortDirection.Ascending);
        ((double)timeline[^1]!["end"]!).ShouldBeInRange(2, Short + 0.1);
    }

    [RequiresFact("ffmpeg", "ffprobe")]
    public async Task sources_other_than_mp4_are_read()
    {
        var wav = await Convert("-t", "3", "-vn", "-f", "wav");
        var fileId = await emulator.Upload(wav, "talk.wav");
        ((string?)(await emulator.Get($"files/{fileId}")).Json["type"]).ShouldBe("audio/wav");

        var audio = await emulator.Run(TaskBodies.Audio(fileId));
        var video = await emulator.Run(TaskBodies.Video(fileId));

        ((double)audio["output"]!["duration"]!).ShouldBe(3, 0.2);
        ((string?)video["error"]).ShouldBe("invalid_input: the source has no picture.");
    }

    [RequiresFact("ffmpeg")]
    public async Task an_mp4_full_of_noise_fails_without_a_path_in_its_error()
    {
        var broken = Sample.Episode.ToArray();
        var frames = broken.AsSpan().IndexOf("mdat"u8) + 4;
        new Random(7).NextBytes(broken.AsSpan(frames));

        var task = await emulator.Run(TaskBodies.Audio(await emulator.Upload(broken)));

        ((string?)task["status"]).ShouldBe("failed");
        ((string?)task["error"]).ShouldBe("corrupt: the source could not be decoded.");
    }

    private static Task<byte[]> Excerpt() => Convert("-t", Short.ToString(CultureInfo.InvariantCulture), "-c", "copy", "-f", "mp4");

    private static async Task<byte[]> Convert(params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        var run = await Tool.Run("ffmpeg", ["-v", "error", "-i", Sample.Path, .. arguments, directory["out"]], null, null, default);
        run.ExitCode.ShouldBe(0, run.LastError);
        return await File.ReadAllBytesAsync(directory["out"]);
    }

    /// <summary>The mean luma of a part of the first frame.</summary>
    private static async Task<double> Brightness(byte[] video, string crop)
    {
        var lines = await Probe.Decode(video, "-vf", $"{crop},signalstats,metadata=print:file=-", "-frames:v", "1", "-f", "null", "-");
        var mean = lines.Split('\n').First(line => line.Contains(".YAVG", StringComparison.Ordinal)).Split('=')[1];
        return double.Parse(mean, CultureInfo.InvariantCulture);
    }

    private Task<byte[]> Output(JsonNode task)
    {
        ((string?)task["status"]).ShouldBe("completed", task.ToJsonString());
        return emulator.Http.GetByteArrayAsync((string?)task["output"]!["url"]);
    }
}
