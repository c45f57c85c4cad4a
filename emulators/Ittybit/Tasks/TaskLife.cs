using Podcast.Emulators.Ittybit.Media;
using Podcast.Emulators.Ittybit.Webhooks;

namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>The state changes of a task. Each is stored in one transaction with the webhook that reports it.</summary>
internal sealed class TaskLife(
    StateFile state, TaskStore tasks, FileStore files, MediaStore media, TaskWebhooks news, IOptions<IttybitEmulatorOptions> options, TimeProvider clock)
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
    public void Park(EmulatedTask task) => tasks.Save(task, TaskStore.Run.Parked);

    private EmulatedTask End(EmulatedTask task)
    {
        var ended = task with { Finished = clock.GetUtcNow(), Updated = clock.GetUtcNow() };
        Keep(ended, news.End, TaskStore.Run.Done);
        return ended;
    }

    private void Keep(EmulatedTask task, Action<EmulatedTask>? tell, string? run = null) => state.Change(_ =>
    {
        tasks.Save(task, run);
        tell?.Invoke(task);
        return task;
    });
}
