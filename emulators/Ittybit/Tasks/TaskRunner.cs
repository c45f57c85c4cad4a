namespace Podcast.Emulators.Ittybit.Tasks;

/// <summary>
/// Runs tasks from pending over processing to completed or failed. Tasks that a crash interrupted are started again at the next
/// start.
/// </summary>
internal sealed class TaskRunner(
    TaskStore tasks, TaskLife life, SourceCache sources, TaskKinds kinds, IOptions<IttybitEmulatorOptions> options,
    TimeProvider clock, ILogger<TaskRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Signal real = new();
    private readonly Signal simulated = new();

    /// <summary>Wakes the loop of a lane because it has a new task.</summary>
    public void LookAgain(WorkLane lane) => (lane == WorkLane.Real ? real : simulated).Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (kind, obstacle) in await kinds.Obstacles)
        {
            logger.MediaPart(kind, obstacle is null ? "really made" : $"simulated: {obstacle}");
            tasks.Requeue(kind, await kinds.LaneOf(kind));
        }

        await Task.WhenAll(
            Loop(WorkLane.Real, options.Value.Concurrency, real).Run(stoppingToken),
            Loop(WorkLane.Simulated, options.Value.SimulatedConcurrency, simulated).Run(stoppingToken));
    }

    private WorkLoop<EmulatedTask> Loop(WorkLane lane, int places, Signal signal) => new(
        places, () => tasks.Claim(lane), (task, stopping) => Work(task, lane, stopping), () => Idle, signal, clock);

    private async Task Work(EmulatedTask task, WorkLane lane, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(options.Value.WorkLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var progress = life.Start(task);
        try
        {
            using var source = await sources.Open(progress.Task, either.Token);
            if (lane == WorkLane.Simulated)
                await Pretend(progress, either.Token);

            if (task.Fate.NeverFinishes)
                life.Park(progress.Task);
            else if (task.Fate.Fails is { } error)
                life.Fail(progress.Task, error);
            else
            {
                var isReal = lane == WorkLane.Real && source.Path is not null;
                var job = new Job(progress.Task, source, isReal, progress.Report, either.Token);
                life.Complete(progress.Task, await kinds.Find(task.Kind)!.Run(job));
            }
        }
        catch (TaskProblem problem)
        {
            life.Fail(progress.Task, problem.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            life.Fail(progress.Task, "internal_error: the work took too long.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.TaskBroke(task.Id, exception);
            life.Fail(progress.Task, "internal_error: something went wrong.");
        }
    }

    private async Task Pretend(TaskProgress progress, CancellationToken cancellationToken)
    {
        const int Steps = 5;
        if (options.Value.SimulatedTaskTime <= TimeSpan.Zero)
            return;

        for (var step = 1; step <= Steps; step++)
        {
            await Task.Delay(options.Value.SimulatedTaskTime / Steps, clock, cancellationToken);
            progress.Report((double)step / Steps);
        }
    }
}
