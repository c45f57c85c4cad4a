namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Follows one task's work; keeps and tells only steps worth it.</summary>
/// <param name="step">Percent between two webhooks; 0: none.</param>
internal sealed class TaskProgress(EmulatedTask task, int step, TaskLife life)
{
    private const int Worth = 5;

    public EmulatedTask Task { get; private set; } = task;

    /// <param name="done">0 to 1; the end itself is told by the completion.</param>
    public void Report(double done)
    {
        var percent = Math.Clamp((int)(done * 100), 0, 99);
        var isTold = step > 0 && percent / step > Task.Progress / step && percent < 99;
        if (isTold || percent >= Task.Progress + Worth)
            Task = life.Advance(Task, percent, isTold);
    }
}
