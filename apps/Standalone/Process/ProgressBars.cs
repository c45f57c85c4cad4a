using Spectre.Console;

namespace Podcast.Standalone.Process;

/// <summary>Shows the progress of upload and tasks: live bars on a terminal, a line per change elsewhere.</summary>
internal static class ProgressBars
{
    public static Task<EpisodeAnswer> Show(Func<Action<EpisodeAnswer>, Task<EpisodeAnswer>> run) => Console.IsOutputRedirected
        ? run(Lines())
        : AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => run(Bars(context)));

    /// <summary>Shows the publications in the same way, each like a task.</summary>
    public static async Task<PublicationsAnswer> ShowPublications(Func<Action<PublicationsAnswer>, Task<PublicationsAnswer>> run)
    {
        PublicationsAnswer? last = null;
        await Show(async tell =>
        {
            last = await run(answer => tell(AsTasks(answer)));
            return AsTasks(last);
        });
        return last!;
    }

    private static EpisodeAnswer AsTasks(PublicationsAnswer answer) => new(
        Guid.Empty, answer.Status, null,
        [
            .. answer.Publications.Select(publication => new TaskAnswer(
                publication.Channel,
                publication.Status is "published" ? "completed" : publication.Status is "failed" ? "failed" : publication.Step,
                publication.Reason, null, publication.Percent, 1)),
        ]);

    private static Action<EpisodeAnswer> Bars(ProgressContext context)
    {
        var bars = new Dictionary<string, ProgressTask>();
        return episode =>
        {
            foreach (var task in episode.Tasks)
            {
                if (!bars.TryGetValue(task.Type, out var bar))
                    bars[task.Type] = bar = context.AddTask(task.Type);
                bar.Description = task.Type.Replace('_', ' ') + task switch
                {
                    { Status: "failed" } => " [red]failed[/]",
                    { Attempt: > 1 } => $" [yellow]attempt {task.Attempt}[/]",
                    _ => "",
                };
                bar.Value = task.Status is "completed" or "failed" ? 100 : task.Percent ?? 0;
                if (bar.Value >= 100)
                    bar.StopTask();
            }
        };
    }

    private static Action<EpisodeAnswer> Lines()
    {
        var told = new Dictionary<string, string>();
        return episode =>
        {
            foreach (var task in episode.Tasks)
                Say(task.Type, Words(task));
            Say("episode", episode.Status + (episode.Reason is { } reason ? $": {reason}" : ""));
        };

        void Say(string what, string words)
        {
            if (words.Length > 0 && told.GetValueOrDefault(what) != words)
                Console.WriteLine($"{what,-22} {words}");
            told[what] = words;
        }
    }

    private static string Words(TaskAnswer task) => task switch
    {
        { Status: "processing", Percent: { } percent } => $"processing {percent / 25 * 25} %",
        { Status: not "completed", Error: { } error } => $"{task.Status}: {error}",
        _ => task.Status,
    };
}
