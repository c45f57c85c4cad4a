using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_tasks_end_badly
{
    [Theory]
    [InlineData(Dialect.G0)]
    [InlineData(Dialect.G1)]
    [InlineData(Dialect.G2)]
    [InlineData(Dialect.G3)]
    [InlineData(Dialect.G5)]
    public async Task every_dialect_is_read(Dialect dialect)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(6);
        team.Emulator.Chaos = new ChaosDial { Seed = 9, Dialect = dialect, TimeoutAfterAcceptPercent = 30, FailPercent = 30, FailError = "format_unsupported: no video in it" };

        var run = await team.Run("run");

        run.Exit.ShouldBe(1, run.Everything);
        var rows = await team.Rows();
        rows.ShouldAllBe(row => row.ProcessingStatus == "completed" || row.ProcessingStatus == "failed");
        rows.Where(row => row.ProcessingStatus == "completed").ShouldAllBe(row => row.OutputUrl != null);
        var failed = rows.Count(row => row.ProcessingStatus == "failed");
        failed.ShouldBeInRange(1, 5);
        run.Lines[^1].ShouldBe($"Done. {6 - failed} completed, {failed} failed.");
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(6);
    }

    [Fact]
    public async Task task_past_its_deadline_fails_and_retry_waits_for_it_again()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        team.Emulator.Chaos = new ChaosDial { NeverFinishPercent = 100 };

        var run = await team.Run("run", "--deadline", "1s");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("did not end within 00:01.");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "failed" && row.IttybitTaskId != null);

        var retry = await team.Run("retry", "--failed", "--cause", "deadline");
        retry.Out.ShouldContain("0 failed media are pending again. 2 have a task that may have ended by now");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
    }

    [Fact]
    public async Task a_task_that_ittybit_no_longer_knows_fails_by_that_name()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        team.Emulator.Chaos = new ChaosDial { LostTaskPercent = 100 };

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("Ittybit no longer knows task");
        (await team.Run("status")).Out.ShouldContain("2 lost_task");
    }

    [Fact]
    public async Task a_task_without_an_output_fails_by_that_name()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(5);
        team.Emulator.Chaos = new ChaosDial { NoOutputPercent = 100 };

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        (await team.Run("status")).Out.ShouldContain("5 no_output");
    }

    [Fact]
    public async Task output_too_long_for_its_column_fails_only_its_item()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Media(2);
        await team.Execute("ALTER TABLE media ALTER COLUMN output_url TYPE varchar(20)");

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("does not take its output: value too long for type character varying(20)");
        run.Lines[^1].ShouldBe("Done. 0 completed, 2 failed.");

        await team.Execute("ALTER TABLE media ALTER COLUMN output_url TYPE text");
        await team.Run("retry", "--failed");
        (await team.Run("run", "--resume")).Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(2);
    }
}
