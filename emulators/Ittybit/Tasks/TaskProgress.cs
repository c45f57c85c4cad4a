namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>
/// Tracks the progress of one running task. Stores it only in steps of at least 5 percent, or when a webhook reports it.
/// </summary>
/// <param name="step">Percent between two progress webhooks; 0: no progress webhooks.</param>
internal sealed class TaskProgress(EmulatedTask task, int step, TaskLife life)
{
    private const int Worth = 5;

    public EmulatedTask Task { get; private set; } = task;

    /// <param name="done">0 to 1. No progress webhook reports 1, because the webhook about the end does.</param>
    public void Report(double done)
    {
        var percent = Math.Clamp((int)(done * 100), 0, 99);
        var isTold = step > 0 && percent / step > Task.Progress / step && percent < 99;
        if (isTold || percent >= Task.Progress + Worth)
            Task = life.Advance(Task, percent, isTold);
    }
}
