using Podcast.Emulators.Ittybit.Media;
using Podcast.Emulators.Ittybit.Webhooks;

namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>The state changes of a task. Each is stored in one transaction with the webhook that reports it.</summary>
internal sealed class TaskLife(
    StateFile state, TaskStore tasks, FileStore files, MediaStore media, TaskWebhooks news, IOptions<IttybitEmulatorOptions> options,
    TimeProvider clock)
{
    public TaskProgress Start(EmulatedTask task)
    {
        var started = task with { State = TaskState.Processing, Progress = 0, Updated = clock.GetUtcNow() };
        Keep(started, options.Value.ProgressStep > 0 ? news.Progress : null);
        return new TaskProgress(started, options.Value.ProgressStep, this);
    }

    public EmulatedTask Advance(EmulatedTask task, int progress, bool isTold)
    {
        var advanced = task with { Progress = progress, Updated = clock.GetUtcNow() };
        Keep(advanced, isTold ? news.Progress : null);
        return advanced;
    }

    public void Complete(EmulatedTask task, StoredFile output) => state.Change(_ =>
    {
        var file = files.Add(output.MediaId.Length > 0 ? output : output with { MediaId = media.Add().Id });
        return End(task with { State = TaskState.Completed, Progress = 100, Output = task.Fate.NoOutput ? null : file });
    });

    public void Fail(EmulatedTask task, string error) => End(task with { State = TaskState.Failed, Error = error });

    /// <summary>Leaves the task unfinished: no worker takes it again, also after a restart.</summary>
    public void Park(EmulatedTask task) => tasks.Save(task, TaskStore.Parked);

    private EmulatedTask End(EmulatedTask task)
    {
        var ended = task with { Finished = clock.GetUtcNow(), Updated = clock.GetUtcNow() };
        Keep(ended, news.End, TaskStore.Done);
        return ended;
    }

    private void Keep(EmulatedTask task, Action<EmulatedTask>? tell, string? run = null) => state.Change(_ =>
    {
        tasks.Save(task, run);
        tell?.Invoke(task);
        return task;
    });
}

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
