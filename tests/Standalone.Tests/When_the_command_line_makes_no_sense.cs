using System.Net;
using System.Net.Sockets;
using Podcast.Testing;

namespace Podcast.Standalone.Tests;

public sealed class When_the_command_line_makes_no_sense : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public When_the_command_line_makes_no_sense()
    {
        File.WriteAllText(directory["empty.mp4"], "");
        File.WriteAllText(directory["words.mp4"], "These are words.");
    }

    public static TheoryData<string[], string> Cases => new()
    {
        { ["process", "missing.mp4"], "There is no file missing.mp4." },
        { ["process", "."], ". is a directory, not a video file." },
        { ["process", "empty.mp4"], "empty.mp4 is empty." },
        { ["process", "words.mp4", "--tasks", "audio,vidoe"], "--tasks knows no 'vidoe', only audio, video, transcript, chapters, thumbnail." },
        { ["process", "words.mp4", "--title", " "], "--title must have 1 to 200 characters." },
        { ["process"], "Required argument missing for command: 'process'." },
        { ["prosess"], "'prosess'" },
    };

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task one_line_says_so_and_the_exit_code_is_2(string[] arguments, string says)
    {
        var (exitCode, output, error) = await StandaloneProcess.Run(directory.Path, null, arguments);

        exitCode.ShouldBe(2);
        error.ShouldStartWith("podcast: ");
        error.ShouldContain(says);
        error.Trim().ShouldNotContain('\n');
        output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--output", "words.mp4/results")]
    [InlineData("--data", "words.mp4/data")]
    [InlineData("--data", "words.mp4")]
    public async Task directory_that_cannot_be_is_refused_at_once(string option, string path)
    {
        var (exitCode, output, error) = await StandaloneProcess.Run(directory.Path, null, "process", "words.mp4", option, path);

        exitCode.ShouldBe(1);
        error.ShouldStartWith("podcast: ");
        error.ShouldContain("words.mp4");
        error.ShouldNotContain("Another podcast process");
        error.Trim().ShouldNotContain('\n');
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task empty_secret_of_a_full_disk_is_made_anew()
    {
        Directory.CreateDirectory(directory["data"]);
        File.WriteAllText(directory["data/.secret"], "");

        var (_, _, error) = await StandaloneProcess.Run(directory.Path, null, "process", "words.mp4");

        error.ShouldNotContain("is required");
        File.ReadAllText(directory["data/.secret"]).Length.ShouldBe(64);
    }

    [Fact]
    public async Task port_that_is_in_use_is_named_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = $"http://{listener.LocalEndpoint}" };

        var (exitCode, _, error) = await StandaloneProcess.Run(directory.Path, environment);

        exitCode.ShouldBe(1);
        error.ShouldStartWith("podcast: ");
        error.ShouldContain("address already in use");
        error.Trim().ShouldNotContain('\n');
    }

    [Fact]
    public async Task a_file_is_looked_for_where_dotnet_run_was_typed()
    {
        var (exitCode, _, error) = await StandaloneProcess.RunProject(directory.Path, "process", "empty.mp4");

        error.ShouldContain("empty.mp4 is empty.");
        exitCode.ShouldBe(2);
    }
}
