using Spectre.Console;

namespace Podcast.Standalone.Process;

/// <summary>Draws one bar for the upload and one for each task.</summary>
internal sealed class LiveBars(ProgressContext context)
{
    private readonly Dictionary<string, ProgressTask> bars = [];

    public void Tell(ProcessState state)
    {
        if (state.Uploaded is { } percent)
            Set("upload", percent, "");

        foreach (var task in state.Episode?.Tasks ?? [])
            Set(task.Type, task.Status is "completed" or "failed" ? 100 : task.Percent ?? 0, Suffix(task));
    }

    private static string Suffix(TaskAnswer task) => task.Status switch
    {
        "failed" => " [red]failed[/]",
        _ when task.Attempt > 1 => $" [yellow]attempt {task.Attempt}[/]",
        _ => "",
    };

    private void Set(string name, double percent, string suffix)
    {
        if (!bars.TryGetValue(name, out var bar))
            bars[name] = bar = context.AddTask(name);
        bar.Description = name.Replace('_', ' ') + suffix;
        bar.Value = percent;
        if (percent >= 100)
            bar.StopTask();
    }
}
