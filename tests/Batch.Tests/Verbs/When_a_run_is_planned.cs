using System.Text.Json;
using Podcast.Batch.Tests.Support;

namespace Podcast.Batch.Tests.Verbs;

public sealed class When_a_run_is_planned
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task the_plan_can_be_reviewed_and_is_done_exactly(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media("https://cdn.example/1.mp4?signature=secret", "bad", "https://cdn.example/3.mp4");
        await team.Execute("INSERT INTO media (url, processing_status) VALUES ('https://cdn.example/4.mp4', 'completed')");

        var plan = await team.Run("plan", "--out", team.Files["plan.jsonl"], "--rate", "20", "--batch-size", "1", "--delay", "30", "--width", "1280");

        plan.Out.ShouldStartWith("Planned 2 items (kind=video width=1280 format=mp4 quality=high), about 00:30 to send at 20/s.");
        plan.Out.ShouldContain("1  already completed");
        var lines = await File.ReadAllLinesAsync(team.Files["plan.jsonl"]);
        lines.Length.ShouldBe(4);
        string.Join('\n', lines).ShouldNotContain("secret");
        using var head = JsonDocument.Parse(lines[0]);
        head.RootElement.GetProperty("items").GetInt64().ShouldBe(2);
        head.RootElement.GetProperty("estimated_seconds").GetDouble().ShouldBe(30.1);
        lines[2].ShouldContain("\"id\":\"2\"");
        lines[2].ShouldContain("\"skip\":\"'bad' is no http, https or s3 address.\"");
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);

        await team.Media("https://cdn.example/late.mp4");
        await File.WriteAllTextAsync(team.Files["plan.jsonl"], string.Join('\n', lines).Replace("\"delay_seconds\":30", "\"delay_seconds\":0", StringComparison.Ordinal));
        var apply = await team.Run("apply", team.Files["plan.jsonl"]);

        apply.Exit.ShouldBe(0, apply.Everything);
        apply.Lines[0].ShouldBe("2 items to process, 0 done before, 0 changed since the plan.");
        apply.Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
        (await team.Rows()).Select(row => row.ProcessingStatus).ShouldBe(["completed", "pending", "completed", "completed", "pending"]);
    }

    [Fact]
    public async Task the_same_plan_again_does_nothing_new()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await team.Run("plan", "--out", team.Files["plan.jsonl"]);
        await team.Run("apply", team.Files["plan.jsonl"]);

        var again = await team.Run("apply", team.Files["plan.jsonl"]);

        again.Exit.ShouldBe(0, again.Everything);
        again.Lines.ShouldBe(["0 items to process, 3 done before, 0 changed since the plan."]);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(3);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task rows_changed_since_the_plan_are_refused_the_rest_is_done(string database)
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(5);
        await team.Run("plan", "--out", team.Files["plan.jsonl"]);
        await team.Execute("UPDATE media SET url = 'https://cdn.example/other.mp4' WHERE id = 1");
        await team.Execute("UPDATE media SET processing_status = 'completed' WHERE id = 2");
        await team.Execute("DELETE FROM media WHERE id = 3");
        await team.Run("run", "--limit", "2");
        await team.Execute("UPDATE media SET processing_status = 'pending' WHERE id = 4");

        var apply = await team.Run("apply", team.Files["plan.jsonl"]);

        apply.Exit.ShouldBe(1, apply.Everything);
        apply.Error.ShouldContain("Media #1 is left out: its address was changed.");
        apply.Error.ShouldContain("Media #2 is left out: it is completed by now.");
        apply.Error.ShouldContain("Media #3 is left out: the row is gone.");
        apply.Error.ShouldContain("Media #4 is left out: it was tried meanwhile.");
        apply.Lines[^1].ShouldBe("Done. 1 completed, 0 failed.");
    }

    [Theory]
    [InlineData("10", "adjacent")]
    [InlineData("10", "behind all")]
    [InlineData("1", "behind all")]
    [InlineData("1", "with another attempt")]
    public async Task a_line_that_occurs_twice_is_done_once(string batchSize, string place)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        await team.Run("plan", "--batch-size", batchSize, "--out", team.Files["plan.jsonl"]);
        var lines = (await File.ReadAllLinesAsync(team.Files["plan.jsonl"])).ToList();
        lines.Insert(
            place == "adjacent" ? 1 : lines.Count,
            place == "with another attempt" ? lines[1].Replace("\"attempt\":1", "\"attempt\":2", StringComparison.Ordinal) : lines[1]);
        await File.WriteAllLinesAsync(team.Files["plan.jsonl"], lines);
        var creations = 0;
        team.Emulator.Refuse = body => body.Contains("/1.mov", StringComparison.Ordinal) && ++creations == 1 ? (500, "") : null;

        var apply = await team.Run("apply", team.Files["plan.jsonl"], "--concurrency", "1");

        apply.Exit.ShouldBe(0, apply.Everything);
        apply.Lines[0].ShouldBe("3 items to process, 0 done before, 0 changed since the plan.");
        apply.Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
        (await team.Run("apply", team.Files["plan.jsonl"])).Lines.ShouldBe(["0 items to process, 3 done before, 0 changed since the plan."]);
        team.Emulator.Ittybit.Totals.Tasks.ShouldBe(3);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{}", "is no plan that we know")]
    [InlineData("not json", "line 1: this is not what a plan holds")]
    [InlineData("{\"plan\":1,\"table\":\"films\",\"items\":1,\"skipped\":{}}", "was made for the table films, not for media")]
    [InlineData("{\"plan\":1,\"table\":\"media\",\"rate\":1,\"batch_size\":1,\"items\":1,\"skipped\":{}}\n{\"id\":\"1\"}", "line 2: an item needs id, sha256 and attempt")]
    public async Task a_file_that_is_no_plan_is_refused(string content, string words)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await File.WriteAllTextAsync(team.Files["plan.jsonl"], content);

        var apply = await team.Run("apply", team.Files["plan.jsonl"]);

        apply.Exit.ShouldBe(2, apply.Everything);
        apply.Error.ShouldContain(words);
        team.Emulator.Ittybit.Totals.Requests.ShouldBe(0);
    }
}
