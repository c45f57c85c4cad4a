using Podcast.Emulators.Ittybit.Webhooks;

namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Creates tasks, with the faults that the dial chooses.</summary>
internal sealed class TaskService(
    StateFile state, TaskStore tasks, FileStore files, ChaosControl chaos, TaskKinds kinds, EarlyEnds earlyEnds, TaskRunner runner,
    TimeProvider clock)
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(24);

    /// <returns>The task, null if its file is unknown; and whether it is new: not if the key was used before.</returns>
    public async Task<(EmulatedTask? Task, bool IsNew)> Make(
        TaskRequest request, Uri baseUrl, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var lane = await kinds.LaneOf(request.Kind);
        var early = Task.CompletedTask;
        var made = state.Change<(EmulatedTask?, bool)>(_ =>
        {
            var dial = chaos.Dial;
            var key = dial.HonourIdempotencyKeys && idempotencyKey is { Length: > 0 } ? idempotencyKey : null;
            if (key is not null && tasks.FindByKey(key, clock.GetUtcNow() - KeyLife) is { } original)
                return (tasks.Find(original)?.AtCreation(), false);

            if (dial.SameIdPercent > 0
                && chaos.NextRequest().Hit(dial.SameIdPercent, "same_id")
                && tasks.Newest(request.Kind) is { } newest)
                return (newest.AtCreation(), true);

            var input = request.FileId is null ? null : files.Find(request.FileId);
            if (request.FileId is not null && input is null)
                return (null, false);

            var task = Fresh(request, baseUrl, input, TaskFate.Of(dial, chaos.NextTask(), request.Kind));
            if (task.Fate.Early && task.WebhookUrl is not null)
                early = earlyEnds.Expect(task.Id, cancellationToken);
            if (key is not null)
                tasks.KeepKey(key, task);
            return (tasks.Add(task, lane), true);
        });

        runner.LookAgain(lane);
        await early;
        return made;
    }

    private EmulatedTask Fresh(TaskRequest request, Uri baseUrl, StoredFile? input, TaskFate fate) => new(
        NewId.Task(),
        request.Kind,
        request.Options,
        new TaskOptions(request.Options).Text("ref"),
        request.WebhookUrl,
        request.Url,
        input,
        request.Folder,
        request.Filename,
        baseUrl,
        fate,
        Created: clock.GetUtcNow(),
        Updated: clock.GetUtcNow());
}
