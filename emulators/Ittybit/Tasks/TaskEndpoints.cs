namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary><c>/tasks</c>: create, read, list.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks", List);
        api.MapPost("/tasks", Create).WithMetadata(new CostsMoney());
        api.MapGet("/tasks/{id}", Get);
    }

    private static async Task<ApiAnswer> Create(
        JsonBody body, HttpRequest http, Wire wire, TaskKinds kinds, TaskService desk, CancellationToken cancellationToken)
    {
        if (TaskRequest.Read(body, kinds, out var request) is { } problem)
            return problem;

        var (task, isNew) = await desk.Make(request!, wire.BaseUrl, http.Headers["Idempotency-Key"], cancellationToken);
        if (task is null)
            return ApiAnswer.NotFound("file", request!.FileId!);

        var answer = isNew ? ApiAnswer.Created(wire.Write(task)) : ApiAnswer.Ok(wire.Write(task));
        return answer with { TaskId = task.Id };
    }

    private static ApiAnswer Get(string id, Wire wire, TaskStore tasks, ChaosControl chaos, TimeProvider clock) =>
        tasks.Find(id) is { Fate.Lost: false } task
            ? ApiAnswer.Ok(wire.Write(Seen(task, chaos, clock)))
            : ApiAnswer.NotFound("task", id);

    /// <summary>Newest first.</summary>
    private static ApiAnswer List(
        Paging? page, Wire wire, TaskStore tasks, ChaosControl chaos, TimeProvider clock, string? kind = null, string? status = null)
    {
        if (page is null)
            return Paging.Invalid;

        var state = TaskWords.Read(status);
        if (state is null && !string.IsNullOrEmpty(status))
            return page.Answer([], total: 0);

        kind = string.IsNullOrEmpty(kind) ? null : kind;
        return page.Answer(tasks.List(kind, state, page).Select(task => wire.Write(Seen(task, chaos, clock))), tasks.Count(kind, state));
    }

    private static EmulatedTask Seen(EmulatedTask task, ChaosControl chaos, TimeProvider clock) =>
        task.SeenAt(clock.GetUtcNow(), TimeSpan.FromMilliseconds(chaos.Dial.StaleReadMs));
}
