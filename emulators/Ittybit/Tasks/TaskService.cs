using Podcast.Emulators.Ittybit.Webhooks;

namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>Creates tasks, with the faults that the dial chooses.</summary>
internal sealed class TaskService(
    StateFile state, TaskStore tasks, FileStore files, IdempotencyKeys keys, ChaosControl chaos, MediaTools tools, EarlyEnds earlyEnds,
    TaskRunner runner, TimeProvider clock)
{
    /// <returns>A null task if the file is unknown.</returns>
    public async Task<MadeTask> Make(TaskRequest request, TaskPlace place, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var lane = await tools.LaneOf(request.Kind);
        var id = NewId.Task();
        var early = Task.CompletedTask;

        var made = state.Change(_ =>
        {
            var dial = chaos.Dial;
            if (dial.HonourIdempotencyKeys && keys.Find(idempotencyKey) is { } original)
                return new MadeTask(tasks.Find(original)?.AtCreation(), IsNew: false);

            if (dial.SameIdPercent > 0 && chaos.NextRequest().Hit(dial.SameIdPercent, "same_id") && tasks.Newest(request.Kind) is { } newest)
                return new MadeTask(newest.AtCreation(), IsNew: true);

            var input = request.FileId is null ? null : files.Find(request.FileId);
            if (request.FileId is not null && input is null)
                return new MadeTask(null, IsNew: false);

            var task = Fresh(id, request, place, input, TaskFate.Of(dial, chaos.NextTask(), request.Kind));
            if (task.Fate.Early && task.WebhookUrl is not null)
                early = earlyEnds.Expect(id, cancellationToken);
            if (dial.HonourIdempotencyKeys)
                keys.Keep(idempotencyKey, id);
            return new MadeTask(tasks.Add(task, lane), IsNew: true);
        });

        runner.LookAgain(lane);
        await early;
        return made;
    }

    private EmulatedTask Fresh(string id, TaskRequest request, TaskPlace place, StoredFile? input, TaskFate fate) => new()
    {
        Id = id,
        Kind = request.Kind,
        Options = request.Options,
        Ref = new TaskOptions(request.Options).Text("ref"),
        WebhookUrl = request.WebhookUrl,
        SourceUrl = request.Url,
        Input = input,
        Folder = place.Folder,
        Filename = place.Filename,
        BaseUrl = place.BaseUrl,
        Fate = fate,
        Created = clock.GetUtcNow(),
        Updated = clock.GetUtcNow(),
    };
}

/// <summary>Folder and file name of the output, and the base URL of the creating request.</summary>
internal readonly record struct TaskPlace(string? Folder, string? Filename, Uri BaseUrl);

/// <param name="IsNew">False if the idempotency key was used before.</param>
internal readonly record struct MadeTask(EmulatedTask? Task, bool IsNew);
