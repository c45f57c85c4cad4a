using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_an_item_is_given_up
{
    [Theory]
    [InlineData("sqlite", "no_answer")]
    [InlineData("sqlite", "same_task")]
    [InlineData("postgres", "no_answer")]
    [InlineData("postgres", "same_task", "--anew")]
    public async Task it_is_sent_again_after_a_retry(string database, string cause, params string[] options)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        if (cause == "same_task")
            team.Emulator.Chaos = new ChaosDial { SameIdPercent = 100 };
        else
            team.Emulator.Refuse = body => body.Contains("/1.mov", StringComparison.Ordinal) ? (500, "") : null;
        var first = await team.Run("run", "--concurrency", "1");
        first.Error.ShouldContain("Given up after 5 tries.", Case.Sensitive, first.Everything);
        (await team.Run("status")).Out.ShouldContain($"1 {cause}");

        (team.Emulator.Chaos, team.Emulator.Refuse) = (new ChaosDial(), null);
        await team.Run(["retry", "--failed", .. options]);
        var second = await team.Run("run");

        second.Lines[^1].ShouldBe("Done. 1 completed, 0 failed.", second.Everything);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(2);
    }

    [Fact]
    public async Task a_retry_tries_as_often_as_the_first_run()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        var tries = 0;
        team.Emulator.Refuse = body => body.Contains("/1.mov", StringComparison.Ordinal) && ++tries > 0
            || body.Contains("/3.mov", StringComparison.Ordinal) && tries <= 5 ? (500, "") : null;
        await team.Run("run", "--concurrency", "1", "--limit", "2");
        tries.ShouldBe(5);

        await team.Run("retry", "--failed");
        var second = await team.Run("run", "--concurrency", "1");

        tries.ShouldBe(10);
        second.Lines[^1].ShouldBe("Done. 1 completed, 1 failed.", second.Everything);
    }
}
