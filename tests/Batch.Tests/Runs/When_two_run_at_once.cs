using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_two_run_at_once
{
    private static readonly ChaosDial AtWork = new() { StaleReadMs = 3_600_000 };

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task second_run_ends_with_3_and_names_the_holder_of_the_lease(string database)
    {
        await using var team = await BatchScenario.Start(database, taskTime: TimeSpan.FromMinutes(10));
        await team.Media(3);
        await using var first = team.Start("run");
        await first.Says("Dispatched 3 tasks.");

        var second = await team.Run("run");

        second.Exit.ShouldBe(3, second.Everything);
        second.Error.ShouldMatch($@"Another run works on (public\.)?media: host {Environment.MachineName}, pid {first.Pid}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.");
        (await team.Run("status")).Out.ShouldContain($"running on {Environment.MachineName}, pid {first.Pid}");
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(3);

        first.Interrupt();
        (await first.Ends()).Exit.ShouldBe(130);
        (await team.Run("run")).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task started_together_exactly_one_of_them_works(string database)
    {
        await using var team = await BatchScenario.Start(database, taskTime: TimeSpan.FromMinutes(10));
        await team.Media(5);

        await using var one = team.Start("run");
        await using var two = team.Start("run");
        await using var three = team.Start("run");
        RunningBatch[] runs = [one, two, three];
        await Eventually.Holds(() => runs.Count(run => run.Error.Contains("Another run works on", StringComparison.Ordinal)) == 2, "two are turned away");
        await Eventually.Holds(() => runs.Count(run => run.Out.Contains("Dispatched 5 tasks.", StringComparison.Ordinal)) == 1, "one works");

        foreach (var run in runs)
            run.Kill();
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(5);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task the_lease_of_a_killed_run_is_free_at_once(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(2);
        team.Emulator.Chaos = AtWork;
        await using var first = team.Start("run");
        await first.Says("Dispatched 2 tasks.");
        first.Kill();
        await first.Ends();

        team.Emulator.Chaos = new ChaosDial();
        (await team.Run("run", "--resume")).Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
    }

    [Fact]
    public async Task lease_of_another_machine_ends_only_after_a_long_silence()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await team.Run("status");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await team.Execute(
            "UPDATE podcast_batch_runs SET run_id = 'other', host = 'web-7', pid = 4242, started = 1, since = @now, heartbeat = @later", new { now, later = now + 600_000 });

        (await team.Run("run")).Error.ShouldContain("host web-7, pid 4242");

        await team.Execute("UPDATE podcast_batch_runs SET heartbeat = @then", new { then = now - 31_000 });
        (await team.Run("run")).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task two_tables_do_not_wait_for_each_other()
    {
        await using var team = await BatchScenario.Start("postgres", taskTime: TimeSpan.FromMinutes(10));
        await team.Media(1);
        await team.Execute("CREATE SCHEMA other; CREATE TABLE other.media (LIKE public.media INCLUDING ALL)");
        await using var first = team.Start("run");
        await first.Says("Dispatched 1 tasks.");

        (await team.Run("run", "--table", "other.media")).Exit.ShouldBe(0);
    }
}
