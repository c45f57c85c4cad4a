using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Podcast.Testing;

namespace Podcast.Standalone.Tests;

/// <summary>The main job, as a newcomer runs it.</summary>
public sealed class When_an_episode_is_processed(When_an_episode_is_processed.Published published)
    : IClassFixture<When_an_episode_is_processed.Published>, IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task the_results_are_real_media_of_the_right_kind()
    {
        var directory = published.Directory;
        published.ExitCode.ShouldBe(0, published.Error);
        published.Output.ShouldContain("processed");
        var source = await Probe(Sample());
        var audio = await Probe(directory["output/episode/audio.mp3"]);
        Stream(audio, "audio").GetProperty("codec_name").GetString().ShouldBe("mp3");
        Stream(audio, "audio").GetProperty("channels").GetInt32().ShouldBe(2);
        Stream(audio, "audio").GetProperty("bit_rate").GetString().ShouldBe("192000");
        Seconds(audio).ShouldBe(Seconds(source), 0.5);
        var video = await Probe(directory["output/episode/video.mp4"]);
        Stream(video, "video").GetProperty("codec_name").GetString().ShouldBe("h264");
        Stream(video, "video").GetProperty("width").GetInt32().ShouldBe(1920);
        Stream(video, "video").GetProperty("height").GetInt32().ShouldBe(1080);
        Stream(video, "video").GetProperty("avg_frame_rate").GetString().ShouldBe("30/1");
        Seconds(video).ShouldBe(Seconds(source), 0.5);
        (await File.ReadAllTextAsync(directory["output/episode/transcript.vtt"])).ShouldStartWith("WEBVTT");
        (await File.ReadAllTextAsync(directory["output/episode/transcript.txt"])).ShouldNotBeNullOrWhiteSpace();
        Directory.GetFiles(directory["output/episode"], "chapters.*").ShouldHaveSingleItem();
    }

    [Fact]
    public void it_is_published_on_both_emulators()
    {
        published.ExitCode.ShouldBe(0, published.Output + published.Error);
        published.Output.ShouldContain("transistor   published  http");
        published.Output.ShouldContain("youtube      published  https://www.youtube.com/watch?v=");
    }

    [Fact]
    public async Task progress_of_a_running_task_is_shown()
    {
        var slow = new Dictionary<string, string> { ["Emulators__Ittybit__Media"] = "Simulated", ["Emulators__Ittybit__SimulatedTaskTime"] = "00:00:05" };

        var (exitCode, output, error) = await StandaloneProcess.Run(directory.Path, slow, "process", Sample(), "--tasks", "audio");

        exitCode.ShouldBe(0, error);
        output.ShouldContain("processing 50 %");
    }

    [Fact]
    public async Task without_ffmpeg_it_says_what_it_simulates()
    {
        var bin = System.IO.Directory.CreateDirectory(directory["bin"]);
        File.CreateSymbolicLink(Path.Combine(bin.FullName, "dotnet"), Environment.ProcessPath!);
        var path = new Dictionary<string, string> { ["PATH"] = bin.FullName, ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath)! };

        var (exitCode, output, error) = await StandaloneProcess.Run(directory.Path, path, "process", Sample());

        exitCode.ShouldBe(0, error);
        output.ShouldContain("simulate", Case.Insensitive);
        new FileInfo(directory["output/episode/audio.mp3"]).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task a_file_that_is_no_video_fails_with_the_reason()
    {
        await File.WriteAllTextAsync(directory["words.mp4"], "These are words, not a video.");

        var (exitCode, _, error) = await StandaloneProcess.Run(directory.Path, null, "process", "words.mp4", "--tasks", "audio");

        exitCode.ShouldBe(1);
        error.ShouldContain("failed: audio_extraction:");
        error.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task two_at_once_do_not_share_a_data_directory()
    {
        using var claim = DataDirectory.Claim(new DirectoryInfo(directory["data"]));

        var (exitCode, _, error) = await StandaloneProcess.Run(directory.Path, null, "process", Sample());

        exitCode.ShouldBe(1);
        error.ShouldContain("Another podcast process is using");
    }

    internal static string Sample([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../samples/episode.mp4"));

    private static async Task<JsonElement> Probe(string file)
    {
        using var probe = System.Diagnostics.Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "json", "-show_streams", "-show_format", file])
        {
            RedirectStandardOutput = true,
        })!;
        var json = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        probe.ExitCode.ShouldBe(0, file);
        return JsonDocument.Parse(json).RootElement;
    }

    private static JsonElement Stream(JsonElement probe, string type) =>
        probe.GetProperty("streams").EnumerateArray().First(stream => stream.GetProperty("codec_type").GetString() == type);

    private static double Seconds(JsonElement probe) =>
        double.Parse(probe.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>The sample, made with ffmpeg and published; several tests look at it, because it takes half a minute.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public TemporaryDirectory Directory { get; } = new();

        public int ExitCode { get; private set; }

        public string Output { get; private set; } = "";

        public string Error { get; private set; } = "";

        public async Task InitializeAsync() => (ExitCode, Output, Error) = await StandaloneProcess.Run(
            Directory.Path, null, "process", Sample(), "--publish", "transistor,youtube");

        public Task DisposeAsync()
        {
            Directory.Dispose();
            return Task.CompletedTask;
        }
    }
}
