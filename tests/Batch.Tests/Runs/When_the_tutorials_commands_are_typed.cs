using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

/// <summary>Every command line of the tutorial, with <c>php artisan media:batch-process</c> replaced by ours, on its own table.</summary>
public sealed class When_the_tutorials_commands_are_typed
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task the_plain_one_processes_everything(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(12);

        var run = await team.Run("run");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines[0].ShouldBe("Found 12 unprocessed media files.");
        run.Lines.ShouldContain("Dispatched 12 tasks. Polling for results...");
        run.Lines[^1].ShouldBe("Done. 12 completed, 0 failed.");
        run.Error.ShouldBeEmpty();
        foreach (var row in await team.Rows())
        {
            row.ProcessingStatus.ShouldBe("completed");
            row.IttybitTaskId.ShouldNotBeNull().ShouldStartWith("task_");
            row.OutputUrl.ShouldNotBeNull().ShouldStartWith(team.Emulator.Address.ToString());
            row.ProcessedAt.ShouldNotBeNull();
            row.UpdatedAt.ShouldNotBeNull();
        }

        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(12);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task every_row_is_sent_in_the_order_of_the_ids(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(32);

        var run = await team.Run("run", "--batch-size", "10", "--concurrency", "1");

        run.Lines[^1].ShouldBe("Done. 32 completed, 0 failed.", run.Everything);
        team.Emulator.Ittybit.Creates().Select(request => request.Source)
            .ShouldBe(Enumerable.Range(1, 32).Select(number => $"https://cdn.example/raw/{number}.mov"));
    }

    [Fact]
    public async Task the_plain_one_leaves_the_teams_table_as_it_was_made()
    {
        await using var team = await BatchScenario.Start("postgres");
        await team.Media(1);

        await team.Run("run");

        (await team.Value<string>("SELECT string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'media'"))
            .ShouldBe("id url ittybit_task_id processing_status output_url processed_at created_at updated_at");
    }

    [Fact]
    public async Task dry_run_shows_what_would_be_processed_and_asks_nobody()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/a.mp4", "https://cdn.example/b.mp4");
        team.Set("ITTYBIT_API_KEY", null);

        var run = await team.Run("run", "--dry-run");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines.ShouldBe(
        [
            "Found 2 unprocessed media files.",
            "  Would process: https://cdn.example/a.mp4",
            "  Would process: https://cdn.example/b.mp4",
        ]);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending" && row.IttybitTaskId == null);
        (await team.Value<long>("SELECT count(*) FROM sqlite_master WHERE name LIKE 'podcast_batch%'")).ShouldBe(0);
    }

    [Fact]
    public async Task dry_run_hides_signatures_and_names_rows_that_would_fail()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/a.mp4?signature=secret", "no address");

        var run = await team.Run("run", "--dry-run");

        run.Out.ShouldContain("  Would process: https://cdn.example/a.mp4?…");
        run.Everything.ShouldNotContain("secret");
        run.Error.ShouldContain("Would fail: media #2: 'no address' is no http, https or s3 address.");
    }

    [Fact]
    public async Task batch_size_delay_and_limit_are_kept()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(40);

        var run = await team.Run("run", "--batch-size=25", "--delay=1", "--limit=30");

        run.Lines[0].ShouldBe("Found 30 unprocessed media files.");
        run.Lines[^1].ShouldBe("Done. 30 completed, 0 failed.");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe([.. Enumerable.Repeat("completed", 30), .. Enumerable.Repeat("pending", 10)]);
        var sent = team.Emulator.Ittybit.Creates();
        (sent[25].At - sent[24].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task a_second_run_skips_what_is_dispatched_or_completed()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await team.Execute("UPDATE media SET processing_status = 'dispatched', ittybit_task_id = 'task_other' WHERE id = 2");

        await team.Run("run");
        var second = await team.Run("run");

        second.Exit.ShouldBe(0);
        second.Lines.ShouldBe(["No unprocessed media found."]);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(2);
        (await team.Rows())[1].IttybitTaskId.ShouldBe("task_other");
    }

    [Fact]
    public async Task the_tutorials_own_name_for_it_works_too()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);

        var run = await team.Run("media:batch-process", "--batch-size=25", "--delay=3");

        run.Lines[^1].ShouldBe("Done. 1 completed, 0 failed.");
    }
}
