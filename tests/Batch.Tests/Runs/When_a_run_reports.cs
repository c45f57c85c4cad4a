using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_a_run_reports
{
    [Fact]
    public async Task its_end_is_told_with_counts_and_causes()
    {
        await using var listener = await ReportListener.Start();
        await using var team = await BatchScenario.Start();
        team.Set("PODCAST_TOKEN", "secret");
        await team.Media("https://cdn.example/a.mp4", "https://cdn.example/b.mp4", "bad?signature=abc");

        var run = await team.Run("run", "--report-to", listener.Address + "/");

        run.Exit.ShouldBe(1, run.Everything);
        listener.Reports.Select(report => report.Request).Distinct().ShouldHaveSingleItem().ShouldStartWith("PUT /backlog-runs/");
        listener.Reports.ShouldAllBe(report => report.Token == "Bearer secret");
        listener.Reports.Select(report => (int)report.Body["number"]!).ShouldBe(Enumerable.Range(1, listener.Reports.Count));
        listener.Reports.Count(report => report.Body["end"] is not null).ShouldBe(1);
        var last = listener.Reports[^1].Body;
        ((int)last["end"]!["exit_code"]!, (string?)last["end"]!["text"]).ShouldBe((1, "Done. 2 completed, 1 failed."));
        ((string?)last["phase"], (long)last["total"]!, (long)last["done"]!, (long)last["failed"]!).ShouldBe(("processing", 2, 2, 0));
        ((long)last["rows"]!["completed"]!, (long)last["rows"]!["failed"]!).ShouldBe((2, 1));
        ((string?)last["causes"]![0]!["cause"], (long)last["causes"]![0]!["count"]!).ShouldBe(("bad_url", 1));
        last.ToJsonString().ShouldNotContain("abc");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(null)] // nobody listens
    public async Task a_console_that_takes_no_report_changes_nothing(int? status)
    {
        await using var listener = await ReportListener.Start(status ?? 200);
        var address = listener.Address;
        if (status is null)
            await listener.DisposeAsync();
        await using var team = await BatchScenario.Start();
        await team.Media(3);

        var run = await team.Run("run", "--report-to", address);

        run.Exit.ShouldBe(0, run.Everything);
        run.Out.ShouldContain("Done. 3 completed, 0 failed.");
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem()
            .ShouldContain(status is null ? "does not answer" : $"answered {status}");
    }

    [Fact]
    public async Task a_run_that_may_not_begin_says_why()
    {
        await using var listener = await ReportListener.Start();
        await using var team = await BatchScenario.Start(taskTime: TimeSpan.FromMinutes(3));
        await team.Media(1);
        await using var first = team.Start("run");
        await first.Says("Polling for results");

        var second = await team.Run("run", "--report-to", listener.Address);

        second.Exit.ShouldBe(3, second.Everything);
        var end = listener.Reports[^1].Body["end"]!;
        ((int)end["exit_code"]!).ShouldBe(3);
        ((string?)end["text"]).ShouldStartWith("Another run works on media");
    }

    [Theory]
    [InlineData("ftp://podcast.example")]
    [InlineData("https://user:password@podcast.example")]
    public async Task an_address_that_makes_no_sense_is_refused(string address)
    {
        await using var team = await BatchScenario.Start();

        var run = await team.Run("run", "--report-to", address);

        run.Exit.ShouldBe(2);
        run.Error.ShouldStartWith("podcast-batch: --report-to must be the address of Ingest.Api");
        run.Error.ShouldNotContain("password@");
    }
}
