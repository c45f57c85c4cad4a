using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_ittybit_answers_badly
{
    [Fact]
    public async Task a_429_fails_nothing_and_is_waited_for()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(20);
        team.Emulator.Chaos = new ChaosDial { Seed = 3, TooManyRequestsPercent = 20, RetryAfterSeconds = 1, AnswersOf = AnswerScope.Creates };

        // One at a time: what was on its way when the refusal came would not know of it.
        var run = await team.Run("run", "--concurrency", "1");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines[^1].ShouldBe("Done. 20 completed, 0 failed.");
        team.Emulator.Ittybit.Totals.CreatesByAnswer["429"].ShouldBeGreaterThan(0);
        EachItemHasOneTask(team, 20);
        var creates = team.Emulator.Ittybit.Creates();
        var refused = creates.First(request => request.Answer == 429);
        creates.Where(request => request.Seq > refused.Seq).Min(request => request.At)
            .ShouldBeGreaterThan(refused.At + TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task an_answer_that_got_lost_after_the_task_was_made_is_looked_up()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(20);
        team.Emulator.Chaos = new ChaosDial { Seed = 1, TimeoutAfterAcceptPercent = 40 };

        var run = await team.Run("run");

        run.Exit.ShouldBe(0, run.Everything);
        team.Emulator.Ittybit.Totals.Faults["timeout_after_accept"].ShouldBeGreaterThan(2);
        EachItemHasOneTask(team, 20);
        team.Emulator.Ittybit.Totals.CreateAttempts.ShouldBe(20);
    }

    [Theory]
    [InlineData("internal_error")]
    [InlineData("server_error_after_accept")]
    [InlineData("truncated_json")]
    [InlineData("reset_mid_body")]
    [InlineData("html")]
    [InlineData("wrong_shape")]
    public async Task nothing_is_made_twice_and_nothing_fails(string fault)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(12);
        team.Emulator.Chaos = fault switch
        {
            "internal_error" => new ChaosDial { Seed = 5, ServerErrorPercent = 30 },
            "server_error_after_accept" => new ChaosDial { Seed = 5, ServerErrorPercent = 30, ServerErrorAfterAccept = true },
            "truncated_json" => new ChaosDial { Seed = 5, TruncatedJsonPercent = 30 },
            "reset_mid_body" => new ChaosDial { Seed = 5, ResetMidBodyPercent = 30 },
            "html" => new ChaosDial { Seed = 5, HtmlPercent = 30 },
            _ => new ChaosDial { Seed = 5, WrongShapePercent = 30 },
        };

        var run = await team.Run("run");

        run.Exit.ShouldBe(0, run.Everything);
        team.Emulator.Ittybit.Totals.Faults[fault].ShouldBeGreaterThan(0);
        EachItemHasOneTask(team, 12);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "completed");
    }

    [Theory]
    [InlineData(AnswerScope.All, "1s")]
    [InlineData(AnswerScope.Creates, "8s")] // longer than five tries take
    public async Task a_server_that_only_fails_costs_no_item_its_place(AnswerScope scope, string patience)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(8);
        team.Emulator.Chaos = new ChaosDial { ServerErrorPercent = 100, AnswersOf = scope };

        var run = await team.Run("run", "--patience", patience);

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("Ittybit failed (500");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");

        team.Emulator.Chaos = new ChaosDial();
        (await team.Run("run")).Lines[^1].ShouldBe("Done. 8 completed, 0 failed.");
        EachItemHasOneTask(team, 8);
    }

    [Fact]
    public async Task creations_that_fail_from_now_on_fail_no_item()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(8);
        var creations = 0;
        team.Emulator.Refuse = _ => ++creations > 3 ? (500, "") : null;

        var run = await team.Run("run", "--concurrency", "1", "--patience", "8s");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain("No good answer for 8 s; the last was: Ittybit failed (500).");
        (await team.Rows()).Count(row => row.ProcessingStatus == "pending").ShouldBe(5);
        team.Emulator.Refuse = null;
        (await team.Run("run", "--earlier")).Lines[^1].ShouldBe("Done. 8 completed, 0 failed.");
        EachItemHasOneTask(team, 8);
    }

    [Theory]
    [InlineData(404, "<html><body>Not found</body></html>")]
    [InlineData(404, """{"kind":"not_found","message":"There is no POST /v9/tasks here."}""")]
    [InlineData(405, "")]
    [InlineData(410, """{"error":{"message":"This version is no longer served."}}""")]
    public async Task an_address_that_is_not_ittybits_fails_no_item(int status, string body)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(8);
        team.Emulator.Refuse = _ => (status, body);

        var run = await team.Run("run", "--patience", "2s");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain($"No good answer for 2 s; the last was: Ittybit refused ({status}");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");
        team.Emulator.Refuse = null;
        (await team.Run("run")).Lines[^1].ShouldBe("Done. 8 completed, 0 failed.");
        EachItemHasOneTask(team, 8);
    }

    [Theory]
    [InlineData("401")]
    [InlineData("402")]
    public async Task refused_key_or_bill_stops_the_run_and_fails_no_item(string answer)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(30);
        team.Emulator.Chaos = answer == "401" ? new ChaosDial { KeyRevoked = true } : new ChaosDial { PaymentRequired = true };

        var run = await team.Run("run");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain(answer == "401" ? "does not accept our key (401" : "asks for payment (402");
        run.Error.ShouldContain("Nothing was marked failed");
        run.Everything.ShouldNotContain(RunningEmulator.Key);
        team.Emulator.Ittybit.Totals.Requests.ShouldBeLessThanOrEqualTo(4);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending" && row.IttybitTaskId == null);

        team.Emulator.Chaos = new ChaosDial();
        (await team.Run("run")).Exit.ShouldBe(0);
        EachItemHasOneTask(team, 30);
    }

    [Fact]
    public async Task key_revoked_while_waiting_leaves_items_dispatched()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        team.Emulator.Chaos = new ChaosDial { StaleReadMs = 3_600_000 };
        await using var run = team.Start("run");
        await run.Says("Dispatched 3 tasks.");

        team.Emulator.Chaos = new ChaosDial { KeyRevoked = true };

        var outcome = await run.Ends();
        outcome.Exit.ShouldBe(1, outcome.Everything);
        outcome.Error.ShouldContain("run --resume");
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
        team.Emulator.Chaos = new ChaosDial();
        (await team.Run("run", "--resume")).Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
    }

    [Theory]
    [InlineData(2, 404, "<html><body>Not found</body></html>")]
    [InlineData(6, 404, "")]
    [InlineData(6, 410, """{"message":"no Route matched with those values"}""")]
    public async Task pages_of_a_proxy_lose_no_task(int items, int status, string body)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(items);
        team.Emulator.Rewrite = (context, _) =>
        {
            context.Response.StatusCode = status;
            return body;
        };

        var run = await team.Run("run", "--patience", "2s");

        run.Exit.ShouldBe(1);
        run.Error.ShouldContain($"No good answer for 2 s; the last was: Ittybit refused ({status})", Case.Sensitive, run.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
        team.Emulator.Rewrite = null;
        (await team.Run("run", "--resume")).Lines[^1].ShouldBe($"Done. {items} completed, 0 failed.");
    }

    [Fact]
    public async Task a_task_that_belongs_to_another_item_is_not_taken()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(6);
        team.Emulator.Chaos = new ChaosDial { Seed = 2, SameIdPercent = 40 };

        var run = await team.Run("run", "--concurrency", "1");

        run.Exit.ShouldBe(0, run.Everything);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(6);
        (await team.Rows()).Select(row => row.IttybitTaskId).ShouldBeUnique();
    }

    private static void EachItemHasOneTask(BatchScenario team, int items)
    {
        team.Emulator.Ittybit.Repeated.ShouldBeEmpty();
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(items);
    }
}
