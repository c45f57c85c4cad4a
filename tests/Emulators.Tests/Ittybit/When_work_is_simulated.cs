using System.Text.Json.Nodes;
using Podcast.Emulators.Ittybit;
using Podcast.Emulators.Ittybit.MediaWork;
using Podcast.Emulators.Ittybit.MediaWork.Simulated;
using Podcast.Emulators.Tests.Ittybit.Support;
using Podcast.Testing;

namespace Podcast.Emulators.Tests.Ittybit;

public sealed class When_work_is_simulated(SharedEmulator shared) : IClassFixture<SharedEmulator>, IAsyncLifetime
{
    private readonly RunningEmulator emulator = shared.Simulating;
    private string fileId = null!;

    public async Task InitializeAsync() => fileId = await emulator.UploadEpisode();

    public Task DisposeAsync() => Task.CompletedTask;

    [RequiresFact("ffprobe", "ffmpeg")]
    public async Task the_sound_is_a_valid_silent_mp3_of_the_right_length()
    {
        var task = await emulator.Run(TaskBodies.Audio(fileId));
        var sound = await Output(task);

        var probe = await Probe.Of(sound);
        ((string?)probe.Audio!["codec_name"]).ShouldBe("mp3");
        ((int?)probe.Audio["channels"]).ShouldBe(2);
        probe.Duration.ShouldBe(Sample.Seconds, 0.05);
        ((double)task["output"]!["duration"]!).ShouldBe(Sample.Seconds, 0.05);
        ((string?)task["output"]!["type"]).ShouldBe("audio/mpeg");
        await Probe.Decode(sound, "-f", "null", "-");
    }

    [RequiresFact("ffprobe", "ffmpeg")]
    public async Task the_video_is_a_valid_mp4_of_the_right_length()
    {
        var body = TaskBodies.Video(fileId);
        (body["width"], body["height"]) = (640, 362);
        var task = await emulator.Run(body);
        var video = await Output(task);

        ((int?)task["output"]!["width"], (int?)task["output"]!["height"]).ShouldBe((640, 362));
        var probe = await Probe.Of(video);
        ((string?)probe.Video!["codec_name"]).ShouldBe("h264");
        probe.Duration.ShouldBe(Sample.Seconds, 0.05);
        await Probe.Decode(video, "-f", "null", "-");
    }

    [RequiresFact("ffprobe", "ffmpeg")]
    public async Task outputs_may_differ_in_what_players_skip()
    {
        var fillers = new Random(1);
        var clip = GreyMp4.Write(640, 360, TimeSpan.FromSeconds(2), isQuickTime: false);
        byte[] video = [.. clip, .. GreyMp4.FreeSpace(100_000, fillers)];
        using MemoryStream silence = new(), sound = new();
        SilentMp3.Write(silence, TimeSpan.FromSeconds(2), channels: 2);
        SilentMp3.Write(sound, TimeSpan.FromSeconds(2), channels: 2, fillers);

        sound.ToArray().ShouldNotBe(silence.ToArray());
        foreach (var output in new[] { video, sound.ToArray() })
        {
            (await Probe.Of(output)).Duration.ShouldBe(2, 0.05);
            await Probe.Decode(output, "-f", "null", "-");
        }
    }

    [RequiresFact("ffprobe")]
    public async Task a_video_is_shown_in_the_shape_that_was_wanted()
    {
        var probe = await Probe.Of(GreyMp4.Write(480, 480, TimeSpan.FromSeconds(2), isQuickTime: true));

        ((string?)probe.Video!["display_aspect_ratio"]).ShouldBe("1:1");
    }

    [Theory]
    [InlineData(16, 16, 1)]
    [InlineData(854, 478, 3)]
    [InlineData(4096, 2304, 2)]
    [InlineData(640, 360, 7200)]
    public void a_video_of_any_shape_is_read_back_as_it_was_wanted(int width, int height, int seconds)
    {
        var content = GreyMp4.Write(width, height, TimeSpan.FromSeconds(seconds), isQuickTime: false);

        var media = Mp4Header.Read(new MemoryStream(content)).Media!;

        (media.Width, media.Height).ShouldBe((width, height));
        media.Duration!.Value.TotalSeconds.ShouldBe(seconds, 0.001);
        (media.Kind, media.Type, media.HasAudio).ShouldBe(("video", "video/mp4", false));
    }

    [RequiresFact("ffprobe", "ffmpeg")]
    public async Task the_image_is_a_valid_jpeg_of_the_wanted_size()
    {
        var image = await Output(await emulator.Run(TaskBodies.Image(fileId)));

        var probe = await Probe.Of(image);
        ((string?)probe.Video!["codec_name"]).ShouldBe("mjpeg");
        ((int?)probe.Video["width"], (int?)probe.Video["height"]).ShouldBe((640, 360));
        await Probe.Decode(image, "-f", "null", "-");
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(1278, 722)]
    [InlineData(4096, 2304)]
    public void an_image_of_any_size_has_two_bits_for_each_block(int width, int height)
    {
        using var content = new MemoryStream();

        GreyJpeg.Write(content, width, height);

        var blocks = (int)(Math.Ceiling(width / 8.0) * Math.Ceiling(height / 8.0));
        var bytes = content.ToArray();
        bytes[^2..].ShouldBe([0xFF, 0xD9]);
        (bytes.Length - bytes.AsSpan().IndexOf<byte>([0xFF, 0xDA]) - 12).ShouldBe((blocks + 3) / 4);
    }

    [Fact]
    public async Task transcript_says_that_it_is_simulated_and_covers_the_source()
    {
        var task = await emulator.Run(TaskBodies.Speech(fileId));
        var transcript = JsonNode.Parse(await Output(task))!;

        ((string?)task["output"]!["object"]).ShouldBe("intelligence");
        ((string?)task["output"]!["type"]).ShouldBe("application/json");
        ((bool)transcript["detected"]!).ShouldBeTrue();
        ((string?)transcript["language"]).ShouldBe("en");
        var timeline = transcript["timeline"]!.AsArray();
        transcript["text"]!.AsArray().Count.ShouldBe(timeline.Count);
        ((string)timeline[0]!["text"]!).ShouldContain("simulated");
        ((double)timeline[0]!["start"]!).ShouldBe(0);
        ((double)timeline[^1]!["end"]!).ShouldBe(Sample.Seconds, 0.05);
        timeline.Select(line => (double)line!["start"]!).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task chapters_are_vtt_srt_or_json_and_cover_the_source()
    {
        var vtt = await emulator.Run(TaskBodies.Chapters(fileId));
        var srt = await emulator.Run(TaskBodies.Chapters(fileId, format: "srt"));
        var json = await emulator.Run(TaskBodies.Chapters(fileId, format: "json"));

        var text = System.Text.Encoding.UTF8.GetString(await Output(vtt));
        text.ShouldStartWith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:08.111\nChapter 1\n\n2\n");
        ((string?)vtt["output"]!["type"]).ShouldBe("text/vtt");
        vtt["output"]!["chapters"]!.AsArray().Count.ShouldBe(3);

        System.Text.Encoding.UTF8.GetString(await Output(srt)).ShouldStartWith("1\n00:00:00,000 --> 00:00:08,111\nChapter 1\n\n2\n");

        var chapters = JsonNode.Parse(await Output(json))!["chapters"]!.AsArray();
        chapters.Select(chapter => (string?)chapter!["title"]).ShouldBe(["Chapter 1", "Chapter 2", "Chapter 3"]);
        ((double)chapters[^1]!["end"]!).ShouldBe(Sample.Seconds, 0.05);
    }

    [Fact]
    public async Task a_part_of_the_source_has_the_length_of_that_part()
    {
        var body = TaskBodies.Audio(fileId);
        body["start"] = 4;
        body["end"] = 10.5;

        var task = await emulator.Run(body);

        ((double)task["output"]!["duration"]!).ShouldBe(6.5, 0.03);
    }

    [Fact]
    public async Task a_hundred_equal_tasks_cost_one_file()
    {
        using var directory = new TemporaryDirectory();
        await using var own = await RunningEmulator.Start(directory: directory.Path);
        var source = await own.UploadEpisode();

        foreach (var id in await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => own.Make(TaskBodies.Video(source)))))
            await own.Ended(id);

        Directory.GetFiles(directory["blobs"]).Length.ShouldBe(2);
    }

    [Fact]
    public async Task sources_that_lead_nowhere_can_be_assumed()
    {
        await using var assuming = await RunningEmulator.Start(options => options.AssumedSourceLength = TimeSpan.FromMinutes(45));

        var task = await assuming.Run(new JsonObject { ["kind"] = "audio", ["url"] = "https://media.example.test/1.mp4" });

        ((string?)task["status"]).ShouldBe("completed");
        ((double)task["output"]!["duration"]!).ShouldBe(2700, 0.03);
    }

    [Fact]
    public async Task emulator_without_ffmpeg_says_so_and_works()
    {
        await using var bare = await RunningEmulator.Start(options =>
        {
            options.Media = MediaWorkMode.WhereToolsExist;
            options.Ffmpeg = "no-such-ffmpeg";
            options.Ffprobe = "no-such-ffprobe";
        });

        var about = (await bare.Get("_emulator")).Json;
        about["real"]!.AsArray().ShouldBeEmpty();
        about["simulated"]!.AsArray().Select(part => (string?)part!["because"]).ShouldAllBe(why => why == "no-such-ffmpeg was not found");
        bare.Logs.ShouldContain(line => line.Contains("video is simulated: no-such-ffmpeg was not found", StringComparison.Ordinal));
        ((string?)(await bare.Run(TaskBodies.Audio(await bare.UploadEpisode())))["status"]).ShouldBe("completed");
        var text = await bare.Run(TaskBodies.Audio(await bare.Upload("only text"u8.ToArray(), "text.mp4")));
        ((string?)text["error"]).ShouldStartWith("format_unsupported");
    }

    private Task<byte[]> Output(JsonNode task)
    {
        ((string?)task["status"]).ShouldBe("completed", task.ToJsonString());
        return emulator.Http.GetByteArrayAsync((string?)task["output"]!["url"]);
    }
}
