namespace Podcast.Orchestrator.Callbacks;

/// <summary>
/// Finds the episode of webhooks that name only Ittybit's task id. A report that comes before its task is known waits in the
/// task's row; whichever of the two comes second finds the other, since both lock the same row.
/// </summary>
internal sealed class TaskReportsConsumer(OrchestratorDbContext database, IttybitTasks tasks)
    : IConsumer<TaskStarted>, IConsumer<TaskReported>
{
    public async Task Consume(ConsumeContext<TaskStarted> context)
    {
        var started = context.Message;
        if (IttybitIds.Of(started.IttybitTaskId) is null)
            return;

        var entry = await tasks.Lock(started.IttybitTaskId, context.CancellationToken);
        if (entry.EpisodeId is not null)
            return;

        (entry.EpisodeId, entry.Task, entry.Attempt) = (started.EpisodeId, started.Task, started.Attempt);
        foreach (var report in entry.Parked)
            await Forward(context, entry, report);

        entry.Parked = [];
        await database.SaveChangesAsync(context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<TaskReported> context)
    {
        if (IttybitIds.Of(context.Message.IttybitTaskId) is null)
            return; // nobody will ever know whose it is

        var entry = await tasks.Lock(context.Message.IttybitTaskId, context.CancellationToken);
        if (entry.EpisodeId is not null)
            await Forward(context, entry, context.Message);
        else
            entry.Parked = [.. entry.Parked.Where(parked => parked.Outcome != context.Message.Outcome), context.Message];

        await database.SaveChangesAsync(context.CancellationToken);
    }

    private static Task Forward(ConsumeContext context, IttybitTaskEntry entry, TaskReported report) =>
        context.Publish(report.For(entry.EpisodeId!.Value, entry.Task!.Value, entry.Attempt));
}

internal sealed class TaskReportsConsumerDefinition : ConsumerDefinition<TaskReportsConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TaskReportsConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Intervals(50, 200, 1000, 5000));
        endpointConfigurator.UseEntityFrameworkOutbox<OrchestratorDbContext>(context);
    }
}
