using Podcast.FaultRunner.Cli;

namespace Podcast.FaultRunner.Tests.Checking;

public sealed class The_command_line
{
    [Theory]
    [InlineData("--episodes", "0", "--episodes must be a whole number from 1 to 100000.")]
    [InlineData("--episodes", "many", "--episodes must be a whole number from 1 to 100000.")]
    [InlineData("--drops", "101", "--drops must be a number from 0 to 100.")]
    [InlineData("--minutes", "0", "--minutes must be a number from 0.05 to 1440.")]
    [InlineData("--built-in", "luck", "luck")]
    [InlineData("--orchestrator", "3", "--orchestrator")]
    public async Task answers_nonsense_with_one_line_and_2(string option, string value, string words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        (await CommandLine.Run([option, value], output, error)).ShouldBe(ExitCodes.Usage);

        output.ToString().ShouldBeEmpty();
        error.ToString().Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(words);
    }
}
