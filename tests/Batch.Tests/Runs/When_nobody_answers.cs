using Podcast.Batch.Running;
using Podcast.Batch.Showing;
using Podcast.Batch.Tests.Support;
using Podcast.Testing;

namespace Podcast.Batch.Tests.Runs;

public sealed class When_nobody_answers
{
    [Theory]
    [InlineData("http://127.0.0.1:1", "Ittybit cannot be reached: Connection refused (127.0.0.1:1)")]
    [InlineData("http://nobody.invalid", "(nobody.invalid:80)")]
    [InlineData("https://127.0.0.1:{port}", "Ittybit cannot be reached: Cannot determine the frame size")]
    public async Task the_run_says_so_and_ends_and_a_later_one_goes_on(string address, string words)
    {
        await using var team = await BatchScenario.Start();
        await team.Media(3);
        team.Set("Ittybit:BaseAddress", address.Replace("{port}", $"{team.Emulator.Address.Port}", StringComparison.Ordinal));

        var run = await team.Run("run", "--patience", "2s");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("Stopped. Nothing has answered since the first request, 2 s ago.", Case.Sensitive, run.Everything);
        run.Error.ShouldContain(words);
        run.Lines.ShouldContain(
            line => line.StartsWith(" Dispatching 0/3 ", StringComparison.Ordinal) && line.Contains(words), run.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "pending");

        team.Set("Ittybit:BaseAddress", team.Emulator.Address.ToString());
        (await team.Run("run")).Lines[^1].ShouldBe("Done. 3 completed, 0 failed.");
    }

    [Fact]
    public async Task a_resumed_run_says_so_too()
    {
        await using var team = await BatchScenario.Start();
        await team.Media(1);
        await team.Execute("UPDATE media SET processing_status = 'dispatched', ittybit_task_id = 'task_1'");
        team.Set("Ittybit:BaseAddress", "http://127.0.0.1:1");

        var run = await team.Run("run", "--resume", "--patience", "1s");

        run.Exit.ShouldBe(1, run.Everything);
        run.Error.ShouldContain("Nothing has answered since the first request", Case.Sensitive, run.Everything);
        (await team.Rows()).ShouldAllBe(row => row.ProcessingStatus == "dispatched");
    }

    [Fact]
    public async Task plain_lines_tell_of_a_trouble_once()
    {
        var (clock, work, note) = (new ManualClock(), new TaskCompletionSource(), (string?)null);
        using var output = new StringWriter { NewLine = "\n" };
        var progress = new Progress("Dispatching", clock, () => note).Begin(12);
        var shown = new PlainLines(output, TextWriter.Null, clock).Show(progress, () => work.Task);

        foreach (var trouble in (string?[])[null, "no such host", "no such host", "no such host", "refused", "refused", null, null])
        {
            await Eventually.Holds(() => clock.Waiting == 1, "it waits to tell again");
            note = trouble;
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        work.SetResult();
        await shown;

        string[] notes = ["", ", no such host", ", refused", ""];
        output.ToString().ShouldBe(string.Concat(notes.Select(word => $" Dispatching 0/12   0%  -/s, ETA -, 0 failed{word}\n")));
    }
}
