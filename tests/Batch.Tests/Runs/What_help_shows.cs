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
    [InlineData(2, "2s")]
    [InlineData(0.5, "0.5s")]
    [InlineData(90, "90s")]
    [InlineData(600, "10m")]
    [InlineData(21600, "6h")]
    [InlineData(0, "0s")]
    public void a_time_is_read_back_from_its_words(double seconds, string words)
    {
        Durations.Words(TimeSpan.FromSeconds(seconds)).ShouldBe(words);
        Durations.Parse(words).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    private static CliContext World() => new(
        Stream.Null, TextWriter.Null, TextWriter.Null, null, new ConfigurationBuilder().Build(), TimeProvider.System);

    // The value as it would be typed: no .NET notation such as 00:00:02 or First|Second.
    [GeneratedRegex(@"^\s+(?<option>--[a-z-]+).*?\[default: (?<value>[^\]:|]+)\]\s*$")]
    private static partial Regex Default();
}
