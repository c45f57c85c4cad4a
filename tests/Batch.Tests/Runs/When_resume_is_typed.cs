using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

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

    [Theory]
    [InlineData("sqlite", "settled")]
    [InlineData("sqlite", "free")]
    [InlineData("sqlite", "claimed")]
    [InlineData("postgres", "settled")]
    [InlineData("postgres", "free")]
    [InlineData("postgres", "claimed")]
    public async Task resume_waits_for_what_others_sent_again(string database, string state)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        team.Emulator.Chaos = new ChaosDial { FailPercent = 100 };
        await team.Run("run");
        team.Emulator.Chaos = new ChaosDial();
        await team.Execute("UPDATE podcast_batch_items SET state = @state", new { state });
        await team.Execute(
            """
            CREATE TABLE others AS
            SELECT id, url, NULL AS ittybit_task_id, 'pending' AS processing_status, output_url, processed_at FROM media
            """);
        await team.Run("run", "--table", "others");
        await team.Execute(
            """
            UPDATE media SET processing_status = 'dispatched', ittybit_task_id = o.ittybit_task_id
            FROM others o WHERE o.id = media.id
            """);

        var run = await team.Run("run", "--resume");

        run.Lines[0].ShouldBe("Resuming 2 dispatched tasks...", run.Everything);
        run.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null);
        (await team.Value<long>("SELECT count(*) FROM podcast_batch_items WHERE attempt = 2 AND ref IS NULL")).ShouldBe(2);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task resume_passes_over_a_task_that_two_rows_name(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(4);
        await team.Run("run");
        await team.Execute("DELETE FROM podcast_batch_items WHERE item_id <> '1'");
        var tasks = (await team.Rows()).Select(row => row.IttybitTaskId).ToArray();
        await team.Execute(
            "UPDATE media SET processing_status = 'dispatched', ittybit_task_id = CASE WHEN id < 3 THEN @first ELSE @second END",
            new { first = tasks[0], second = tasks[2] });

        var run = await team.Run("run", "--resume");

        run.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.", run.Everything);
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["completed", "dispatched", "completed", "dispatched"]);
        (await team.Value<long>("SELECT count(*) FROM podcast_batch_items WHERE attempt = 1 AND (ref IS NULL) = (item_id = '3')"))
            .ShouldBe(2);
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
