using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary>With the real program: Ctrl-C in each phase, and kill -9 at any time.</summary>
public sealed class When_a_run_is_ended
{
    [Fact]
    public async Task ctrl_c_while_dispatching_leaves_no_item_claimed()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(500);
        await using var run = team.Start("run", "--rate", "20");
        await Eventually.Holds(() => team.Emulator.Ittybit.Totals.Tasks >= 3, "some are sent");

        run.Interrupt();

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(130, outcome.Everything);
        outcome.Error.ShouldContain("Stopped.");
        var rows = await team.Rows();
        var sent = rows.Count(row => row.ProcessingStatus == "dispatched");
        sent.ShouldBe((int)team.Emulator.Ittybit.Totals.Tasks);
        rows.Count(row => row.ProcessingStatus == "pending").ShouldBe(500 - sent);
        (await team.Value<long>("SELECT count(*) FROM podcast_batch_items WHERE state = 'claimed'")).ShouldBe(0);
        outcome.Error.ShouldContain($"{sent} dispatched tasks are at work");
    }

    [Fact]
    public async Task ctrl_c_while_waiting_for_results_leaves_items_dispatched()
    {
        await using var team = await BatchScenario.Start(taskTime: TimeSpan.FromMinutes(10));
        await team.Media(5);
        await using var run = team.Start("run");
        await run.Says("Dispatched 5 tasks.");

        run.Interrupt();

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(130, outcome.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
        (await team.Run("status")).Out.ShouldContain("no run");
    }

    [Fact]
    public async Task a_second_ctrl_c_is_immediate()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(5);
        team.Set("Ittybit:CreateTimeout", "00:10:00");
        team.Emulator.Chaos = new ChaosDial { AnswerDelayMs = 600_000 };
        await using var run = team.Start("run");
        await run.Says("Found 5");
        await Eventually.Holds(async () => await team.Value<long>("SELECT count(*) FROM sqlite_master WHERE name = 'podcast_batch_items'") == 1
            && await team.Value<long>("SELECT count(*) FROM podcast_batch_items WHERE state = 'claimed'") == 5, "all are claimed");

        // Signals that come before the first one is seen count as one.
        await Eventually.Holds(
            () =>
            {
                run.Interrupt();
                return !run.IsRunning;
            },
            "it ends before it is answered");

        (await run.Ends()).Exit.ShouldBe(130);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public Task kill_9_at_any_time_makes_no_second_task(string database) =>
        Killed(database, items: Size("PODCAST_BATCH_KILL_ITEMS", 40), kills: Size("PODCAST_BATCH_KILLS", 2), rate: Size("PODCAST_BATCH_KILL_RATE", 60));

    /// <summary>
    /// 10 % 429, 5 % 500, 5 % time-outs after acceptance, and the program is killed at random again and again. The full size of the
    /// issue: <c>PODCAST_BATCH_KILL_ITEMS=2000 PODCAST_BATCH_KILLS=5</c>.
    /// </summary>
    private static async Task Killed(string database, int items, int kills, int rate)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Execute("CREATE INDEX by_status ON media (processing_status)");
        foreach (var _ in Enumerable.Range(0, items / 20))
            await team.Media(20);
        var seed = Size("PODCAST_BATCH_KILL_SEED", Random.Shared.Next(100_000));
        var luck = new Random(seed);
        team.Emulator.Chaos = new ChaosDial
        {
            Seed = seed,
            TooManyRequestsPercent = 10,
            RetryAfterSeconds = 1,
            ServerErrorPercent = 5,
            TimeoutAfterAcceptPercent = 5,
            AnswerDelayMs = 5,
        };

        // Each fault costs a second or two.
        var limit = TimeSpan.FromSeconds(300 + items);
        string[] command = ["run", "--rate", $"{rate}", "--batch-size", "25", "--concurrency", "8", "--grace", "1s", "--deadline", "2h"];

        for (var kill = 0; kill < kills; kill++)
        {
            // Somewhere in the stretch of work that is left for this one.
            var until = (long)(items * (kill + luck.NextDouble()) / kills);
            await using var victim = team.Start(command);
            await Eventually.Holds(() => team.Emulator.Ittybit.Totals.Tasks >= until || !victim.IsRunning, "work goes on", limit);
            victim.Kill();
            await victim.Ends();
        }

        await using var last = team.Start(command);
        var outcome = await last.Ends(limit);
        var left = (await team.Rows()).Where(row => row.ProcessingStatus == "pending").Select(row => row.Id).ToList();
        await using var resume = team.Start("run", "--resume", "--rate", $"{rate}", "--deadline", "2h");
        var rest = await resume.Ends(limit);

        var context = $"seed {seed}\n{outcome.Everything}\n{rest.Everything}";
        left.ShouldBeEmpty(context);
        outcome.Exit.ShouldBe(0, context);
        rest.Exit.ShouldBe(0, context);
        var rows = await team.Rows();
        rows.ShouldAllBe(row => row.ProcessingStatus == "completed" && row.OutputUrl != null, context);
        team.Emulator.Ittybit.Repeated.ShouldBeEmpty(context);
        var totals = team.Emulator.Ittybit.Totals;
        totals.Tasks.ShouldBe(rows.Count, context);
        var peak = team.Emulator.Ittybit.PeakRequests(TimeSpan.FromSeconds(10));
        peak.ShouldBeLessThanOrEqualTo(rate * 10, context);
        Report($"{database}: {rows.Count} items, {kills} kills, seed {seed}: {totals.Tasks} tasks, {totals.CreateAttempts} creates, {totals.Requests} requests, "
            + $"most in 10 s {peak} of {rate * 10}; faults {string.Join(", ", totals.Faults.Select(fault => $"{fault.Key} {fault.Value}"))}");
    }

    private static int Size(string setting, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(setting), out var size) ? size : otherwise;

    private static void Report(string line)
    {
        if (Environment.GetEnvironmentVariable("PODCAST_BATCH_REPORT") is { Length: > 0 } file)
            File.AppendAllText(file, line + "\n");
    }
}
