using Spectre.Console;

namespace Podcast.Standalone.Process;

/// <summary>Shows the progress of each task: live bars on a terminal, a line per change elsewhere.</summary>
internal static class ProgressBars
{
    public static Task<EpisodeAnswer> Show(Func<Action<ProcessState>, Task<EpisodeAnswer>> run) =>
        Console.IsOutputRedirected ? run(new PlainLines().Tell) : Live(run);

    private static async Task<EpisodeAnswer> Live(Func<Action<ProcessState>, Task<EpisodeAnswer>> run)
    {
        EpisodeAnswer? result = null;
        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(async context => result = await run(new LiveBars(context).Tell));
        return result!;
    }
}
