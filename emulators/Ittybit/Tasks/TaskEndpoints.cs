namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary><c>/tasks</c>: create, read, list.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks", List);
        api.MapPost("/tasks", Create).WithMetadata(CostsMoney.Mark);
        api.MapGet("/tasks/{id}", Get);
    }

    private static async Task<ApiAnswer> Create(
        JsonBody body, HttpRequest http, UrlContext voice, TaskService desk, TaskWire wire, CancellationToken cancellationToken)
    {
        if (!TaskRequest.TryRead(body, out var request, out var problem))
            return problem!;

        var place = new TaskPlace(body.Text("folder"), body.Text("filename"), voice.BaseUrl);
        var made = await desk.Make(request!, place, http.Headers["Idempotency-Key"], cancellationToken);
        if (made.Task is not { } task)
            return ApiAnswer.NotFound("file", request!.FileId!);

        var answer = made.IsNew ? ApiAnswer.Created(wire.Write(task, voice)) : ApiAnswer.Ok(wire.Write(task, voice));
        return answer with { TaskId = task.Id };
    }

    private static ApiAnswer Get(string id, UrlContext voice, TaskStore tasks, TaskWire wire, ChaosControl chaos, TimeProvider clock) =>
        tasks.Find(id) is { Fate.Lost: false } task
            ? ApiAnswer.Ok(wire.Write(Seen(task, chaos, clock), voice))
            : ApiAnswer.NotFound("task", id);

    /// <summary>Newest first.</summary>
    private static ApiAnswer List(
        HttpRequest request, UrlContext voice, TaskStore tasks, TaskWire wire, ChaosControl chaos, TimeProvider clock, string? kind = null, string? status = null)
    {
        if (!Paging.TryRead(request, out var page, out var problem))
            return problem;

        TaskState? state = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (!TaskWords.TryRead(status, out var known))
                return new ApiAnswer.Many([], page, Total: 0);
            state = known;
        }

        kind = string.IsNullOrEmpty(kind) ? null : kind;
        var found = tasks.List(kind, state, page.Offset, page.Limit);
        return new ApiAnswer.Many(
            new JsonArray([.. found.Select(task => wire.Write(Seen(task, chaos, clock), voice))]), page, tasks.Count(kind, state));
    }

    private static EmulatedTask Seen(EmulatedTask task, ChaosControl chaos, TimeProvider clock) =>
        task.SeenAt(clock.GetUtcNow(), TimeSpan.FromMilliseconds(chaos.Dial.StaleReadMs));
}
