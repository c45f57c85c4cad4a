using System.Text.Json;
using Podcast.Batch.Tests.Support;
using Podcast.Emulators.Ittybit.Chaos;
using Spectre.Console;

namespace Podcast.Batch.Tests.Runs;

public sealed class What_a_run_shows
{
    [Fact]
    public async Task piped_it_is_plain_lines()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/a.mp4", "bad");
        await using var run = team.Start("run");

        var outcome = await run.Ends();

        outcome.Everything.ShouldNotContain("\u001b");
        outcome.Everything.ShouldNotContain("\r");
        outcome.Out.ShouldMatch(@"\n Dispatching 2/2 100%  in \d\d:\d\d, 1 failed\n");
        outcome.Lines.ShouldContain(line => line.StartsWith(" Processing  1/1 100%  in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task for_machines_every_line_is_json()
    {
        await using var team = await BatchScenario.Start();
        await team.Media("https://cdn.example/a.mp4", "bad");

        var run = await team.Run("run", "--json");

        run.Exit.ShouldBe(1);
        run.Error.ShouldBeEmpty();
        var events = run.Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        events.Select(line => line.GetProperty("event").GetString()).Distinct().ShouldBe(["found", "warning", "progress", "dispatched", "done"], ignoreOrder: true);
        events[^1].GetProperty("completed").GetInt64().ShouldBe(1);
        events[^1].GetProperty("failed").GetInt64().ShouldBe(1);
        events.Single(line => line.GetProperty("event").GetString() == "warning").GetProperty("id").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task on_a_terminal_there_are_two_bars()
    {
        await using var team = await BatchScenario.Start(taskTime: TimeSpan.FromMilliseconds(400));
        await team.Media(6);
        team.Emulator.Chaos = new ChaosDial { FailPercent = 100, FailError = "bad [red]luck[/]" };
        using var screen = new StringWriter();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new Screen(screen),
        });

        var run = await team.Run("", ["run"], terminal);

        run.Exit.ShouldBe(1);
        var shown = System.Text.RegularExpressions.Regex.Replace(screen.ToString(), @"\u001b\[[0-9;?]*[A-Za-z]", "");
        shown.ShouldContain("Found 6 unprocessed media files.");
        shown.ShouldMatch(@" Dispatching 6/6\s+━+\s+100%  in \d\d:\d\d, 0 failed");
        shown.ShouldMatch(@" Processing  6/6\s+━+\s+100%  in \d\d:\d\d, 6 failed");
        shown.ShouldContain("bad [red]luck[/]");
        shown.ShouldContain("Done. 0 completed, 6 failed.");
    }

    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
