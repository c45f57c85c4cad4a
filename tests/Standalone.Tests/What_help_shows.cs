using System.Text.RegularExpressions;
using Podcast.Testing;

namespace Podcast.Standalone.Tests;

public sealed partial class What_help_shows : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task every_default_is_shown_as_it_is_typed()
    {
        var video = directory["a.mp4"];
        await File.WriteAllTextAsync(video, "a video");
        var (exitCode, help, error) = await StandaloneProcess.Run(directory.Path, null, "process", "--help");

        exitCode.ShouldBe(0, error);
        help.ShouldContain("[default: audio,video,transcript,chapters]");
        var shown = Default().Matches(help).ToDictionary(match => match.Groups["option"].Value, match => match.Groups["value"].Value);
        shown.Keys.ShouldBe(["--tasks", "--data"], ignoreOrder: true);
        foreach (var (option, value) in shown)
            CommandLine.Root().Parse(["process", video, option, value]).Errors.ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\s+(?<option>--[a-z-]+).*\[default: (?<value>[^\]]+)\]\s*$", RegexOptions.Multiline)]
    private static partial Regex Default();
}
