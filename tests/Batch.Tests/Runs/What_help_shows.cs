using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Podcast.Batch.Cli;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

public sealed partial class What_help_shows
{
    [Theory]
    [InlineData("run")]
    [InlineData("plan")]
    [InlineData("apply", "plan.jsonl")]
    [InlineData("import", "list.csv")]
    [InlineData("export")]
    [InlineData("retry")]
    [InlineData("status")]
    [InlineData("init")]
    public async Task every_default_is_shown_once_as_it_is_typed(params string[] verb)
    {
        await using var team = await BatchScenario.Start(table: null);
        var help = (await team.Run(verb[0], "--help")).Out;

        var shown = help.Split('\n').Where(line => line.Contains("[default:", StringComparison.Ordinal)).ToList();

        shown.Count.ShouldBeGreaterThan(10);
        foreach (var line in shown)
        {
            var match = Default().Match(line);
            match.Success.ShouldBeTrue(line);
            var typed = CommandLine.Root(World()).Parse([.. verb, match.Groups["option"].Value, match.Groups["value"].Value]);
            typed.Errors.ShouldBeEmpty(line);
        }
    }

    [Theory]
    [InlineData(2, "2")]
    [InlineData(2, "2s")]
    [InlineData(0.5, "500ms")]
    [InlineData(90, "90s")]
    [InlineData(600, "10m")]
    [InlineData(21600, "6h")]
    [InlineData(172800, "2d")]
    [InlineData(0, "0")]
    public void a_time_is_read_and_shown_as_it_was_typed(double seconds, string words)
    {
        var time = Duration.Parse(words).ShouldNotBeNull();

        time.Time.ShouldBe(TimeSpan.FromSeconds(seconds));
        time.ToString().ShouldBe(words);
    }

    private static CliContext World() => new(
        Stream.Null, TextWriter.Null, TextWriter.Null, null, new ConfigurationBuilder().Build(), TimeProvider.System);

    // The value as it would be typed: no .NET notation such as 00:00:02 or First|Second.
    [GeneratedRegex(@"^\s+(?<option>--[a-z-]+).*?\[default: (?<value>[^\]:|]+)\]\s*$")]
    private static partial Regex Default();
}
