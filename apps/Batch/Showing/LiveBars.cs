using Spectre.Console;
using Spectre.Console.Rendering;
using Progress = Podcast.Batch.Running.Progress;

namespace Podcast.Batch.Showing;

/// <summary>
/// Draws the tutorial's two bars on a terminal, <c> Dispatching 12/100 [━━━━    ]  12%</c>, with rate, time left and failures.
/// </summary>
internal sealed class LiveBars(IAnsiConsole output) : IReporter
{
    public void Say(string happened, string text, object? facts = null) => output.WriteLine(text);

    public void Warn(string? id, string text) => output.MarkupLineInterpolated($"[yellow]{text}[/]");

    public Task Show(Progress progress, Func<Task> work) => output
        .Progress()
        .Columns(
            new Words(() => $" {progress.Name,-11} {progress.Done}/{progress.Total}"),
            new ProgressBarColumn { Width = 30 },
            new Words(() => $"{progress.Percent,3}%  {ProgressWords.Facts(progress)}", mayWrap: true))
        .StartAsync(async context =>
        {
            var bar = context.AddTask(progress.Name, maxValue: Math.Max(1, progress.Total));
            await IReporter.Periodically(TimeSpan.FromMilliseconds(100), TimeProvider.System, work, () => bar.Value = progress.Done);
            bar.StopTask();
        });

    private sealed class Words(Func<string> words, bool mayWrap = false) : ProgressColumn
    {
        protected override bool NoWrap => !mayWrap;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(words());
    }
}
