using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

/// <summary>The tutorial's <c>--resume</c>, and <c>--earlier</c>, which goes on to what is new.</summary>
public sealed class When_resume_is_typed
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task resume_waits_for_tasks_that_the_tutorials_command_sent(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(5);
        await team.Run("run");
        await team.Execute("UPDATE media SET processing_status = 'dispatched', output_url = NULL, processed_at = NULL WHERE id <> 3");
        await team.Execute("DELETE FROM podcast_batch_items");

        var run = await team.Run("run", "--resume");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines[0].ShouldBe("Resuming 4 dispatched tasks...");
        run.Lines[^1].ShouldBe("Done. 4 completed, 0 failed.");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null && row.ProcessedAt != null);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(5);
    }

    [Fact]
    public async Task resume_asks_before_it_gives_anything_up()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(5);
        await EndedAfterDispatch(team);

        (await team.Run("run", "--resume")).Lines[^1].ShouldBe("Done. 5 completed, 0 failed.");
    }

    [Theory]
    [InlineData(0, "Resuming 3 dispatched tasks...")]
    [InlineData(2, "3 tasks of an earlier run are still at work.")]
    public async Task earlier_waits_for_both(int fresh, string words)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await EndedAfterDispatch(team);
        await team.Media([.. Enumerable.Range(1, fresh).Select(number => $"https://cdn.example/fresh/{number}.mov")]);

        var run = await team.Run("run", "--earlier");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines.ShouldContain(words);
        run.Lines[^1].ShouldBe($"Done. {3 + fresh} completed, 0 failed.");
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(3 + fresh);
    }

    [Fact]
    public async Task resume_has_nothing_to_do_when_nothing_is_dispatched()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);

        var run = await team.Run("run", "--resume");

        run.Exit.ShouldBe(0);
        run.Lines.ShouldBe(["No dispatched tasks to resume."]);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }

    /// <summary>Leaves everything as a run does that was killed before it saw the first result, two days ago.</summary>
    private static async Task EndedAfterDispatch(BatchScenario team)
    {
        await team.Run("run");
        await team.Execute("UPDATE media SET processing_status = 'dispatched', output_url = NULL, processed_at = NULL");
        await team.Execute("UPDATE podcast_batch_items SET state = 'sent', settled_at = NULL, checked_at = NULL, sent_at = sent_at - 200000000");
    }
}
