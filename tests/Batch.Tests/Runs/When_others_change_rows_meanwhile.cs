using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_others_change_rows_meanwhile
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task a_run_that_does_not_get_all_that_it_found_says_so(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(30);
        team.Emulator.Chaos = new ChaosDial { TooManyRequestsPercent = 100 };
        await using var run = team.Start("run", "--batch-size", "5");
        await Eventually.Holds(
            () => team.Emulator.Ittybit.Totals.CreatesByAnswer.ContainsKey("429"), "the first ones are being sent");

        await team.Execute("DELETE FROM media WHERE id > 26");
        team.Emulator.Chaos = new ChaosDial();

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(1, outcome.Everything);
        outcome.Error.ShouldContain("4 of 30 were changed or deleted by others before they were sent");
        outcome.Lines[^1].ShouldBe("Done. 26 completed, 0 failed.");
    }
}
