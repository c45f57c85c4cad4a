using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

/// <summary>Something in Ittybit's answers makes no sense, now and for ever: it stops nobody else.</summary>
public sealed class When_answers_cannot_be_read
{
    [Theory]
    [InlineData("""{"id":7,"status":"processing"}""")]
    [InlineData("""{"id":"task_other"}""")]
    [InlineData("\"a text\"")]
    [InlineData("null")]
    [InlineData("""{"id":"task_\ud800","status":"completed"}""")]
    [InlineData("""{"id":"task_\u0000","ref":"\u0000","status":"completed"}""", "postgres")]
    public async Task an_element_of_the_list_keeps_no_one_waiting(string element, string database = "sqlite")
    {
        await using var team = await BatchScenario.Start(database);
        await team.Media(6);
        team.Emulator.Rewrite = (context, body) => IsList(context) ? WithFirst(element, body) : body;

        var run = await team.Run("run");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines[^1].ShouldBe("Done. 6 completed, 0 failed.");
    }

    [Theory]
    [InlineData(200, "<html>Back soon.</html>")]
    [InlineData(200, "[{]")]
    [InlineData(500, "")]
    [InlineData(404, "{}")]
    public async Task a_list_that_cannot_be_had_makes_way_for_single_questions(int status, string list)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(6);
        team.Emulator.Rewrite = (context, body) => IsList(context) ? Instead(context, status, list) : body;

        var run = await team.Run("run");

        run.Exit.ShouldBe(0, run.Everything);
        run.Lines[^1].ShouldBe("Done. 6 completed, 0 failed.");
    }

    [Theory]
    [InlineData(200, "<html>Back soon.</html>")]
    [InlineData(200, """{"id":7}""")]
    [InlineData(500, "")]
    public async Task a_task_that_cannot_be_read_keeps_no_other_waiting(int status, string answer)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(6);
        var isBroken = true;
        var broken = (await Refs(team)).ToList();
        team.Emulator.Rewrite = (context, body) =>
            IsList(context) ? Instead(context, status, answer)
            : Volatile.Read(ref isBroken) && broken.Exists(reference => body.Contains(reference, StringComparison.Ordinal))
                ? Instead(context, status, answer)
            : body;
        await using var run = team.Start("run");

        await Eventually.Holds(
            async () => (await team.Rows()).Count(row => row.ProcessingStatus == "completed") == 2, "the last two end");
        (await team.Rows()).Take(4).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
        Volatile.Write(ref isBroken, false);

        var outcome = await run.Ends();
        outcome.Lines[^1].ShouldBe("Done. 6 completed, 0 failed.", outcome.Everything);
    }

    [Theory]
    [InlineData("""{"id":7,"status":"processing"}""")]
    [InlineData("""{"id":"task_\ud800","ref":"\ud800"}""")]
    public async Task an_element_of_somebody_else_hides_no_task_that_is_looked_for(string element)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(6);
        team.Emulator.Chaos = new ChaosDial { TimeoutAfterAcceptPercent = 100 };
        team.Emulator.Rewrite = (context, body) => IsList(context) ? WithFirst(element, body) : body;

        var run = await team.Run("run");

        run.Lines[^1].ShouldBe("Done. 6 completed, 0 failed.", run.Everything);
        team.Emulator.Ittybit.Totals.CreateAttempts.ShouldBe(6);
    }

    [Fact]
    public async Task a_task_that_is_there_and_cannot_be_read_is_not_made_again()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(2);
        team.Emulator.Chaos = new ChaosDial { TimeoutAfterAcceptPercent = 100 };
        team.Emulator.Rewrite = (context, body) => IsList(context)
            ? body.Replace("\"id\":\"task_", "\"nameless\":\"task_", StringComparison.Ordinal)
            : body;

        var run = await team.Run("run");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("media #1: Ittybit has its task, but tells it in a way that cannot be read.");

        team.Emulator.Rewrite = null;
        await team.Run("retry", "--failed");
        (await team.Run("run")).Lines[^1].ShouldBe("Done. 2 completed, 0 failed.");
        team.Emulator.Ittybit.Totals.CreateAttempts.ShouldBe(2);
    }

    /// <summary>What the tasks of the first four rows will be called.</summary>
    private static async Task<IEnumerable<string>> Refs(BatchScenario team)
    {
        await team.Run("status"); // makes the table that has the scope
        var scope = await team.Value<string>("SELECT scope FROM podcast_batch_runs");
        return Enumerable.Range(1, 4).Select(id => $"batch-media-{scope}-{id}-1");
    }

    private static bool IsList(HttpContext context) => context.Request.Path.Value!.EndsWith("/tasks", StringComparison.Ordinal);

    private static string Instead(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return body;
    }

    private static string WithFirst(string element, string list)
    {
        var json = JsonNode.Parse(list)!;
        var items = json as JsonArray ?? json["data"]!.AsArray();
        var marker = Guid.NewGuid().ToString();
        items.Insert(0, marker);
        return json.ToJsonString().Replace($"\"{marker}\"", element, StringComparison.Ordinal);
    }
}
