using Podcast.Outbox;

namespace Podcast.Orchestrator.Callbacks;

/// <summary>
/// Finds the episode of webhooks that name only Ittybit's task id. A report that comes before its task is known waits in the
/// task's row until the saga handles the <see cref="TaskStarted"/>; whichever of the two comes second finds the other, since both
/// lock the same row.
/// </summary>
internal sealed class TaskReportsConsumer(OrchestratorDbContext database, IttybitTasks tasks) : IConsumer<TaskReported>
{
    public async Task Consume(ConsumeContext<TaskReported> context)
    {
        if (IttybitIds.Of(context.Message.IttybitTaskId) is null)
            return; // nobody will ever know whose it is

        var entry = await tasks.Lock(context.Message.IttybitTaskId, context.CancellationToken);
        if (entry.EpisodeId is not null)
            await context.Publish(context.Message.For(entry.EpisodeId.Value, entry.Task!.Value, entry.Attempt));
        else
            entry.Parked = [.. entry.Parked.Where(parked => parked.Outcome != context.Message.Outcome), context.Message];

        await database.SaveChangesAsync(context.CancellationToken);
    }
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

internal static class TaskOwners
{
    /// <summary>
    /// Records in the saga's transaction, with one statement for all <see cref="TaskStarted"/> of a batch, whose tasks they are, and
    /// forwards the reports that waited for them.
    /// </summary>
    public static void UseTaskOwners(this ISagaConfigurator<EpisodeState> saga) =>
        saga.SagaMessage<TaskStarted>(started => started.UseExecute(context =>
        {
            var batch = context.GetPayload<SagaBatch>();
            foreach (var task in context.Message.Tasks().Where(task => IttybitIds.Of(task.IttybitTaskId) is not null))
                batch.AtEnd(typeof(TaskOwners), new OwnedTask(context, context.Message.EpisodeId, task), Record);
        }));

    private static async Task Record(IReadOnlyList<OwnedTask> batch)
    {
        var (context, clock) = (batch[0].Context, batch[0].Context.GetPayload<IServiceProvider>().GetRequiredService<TimeProvider>());
        var tasks = new IttybitTasks((OrchestratorDbContext)context.GetPayload<DbContext>(), clock);
        var parked = await tasks.Assign(
            batch.Select(one => (one.EpisodeId, one.Task)), CancellationToken.None); // no message's token stands for all
        foreach (var (started, episodeId, task) in batch.DistinctBy(one => one.Task.IttybitTaskId))
        {
            foreach (var report in parked.GetValueOrDefault(task.IttybitTaskId, []))
                await started.Publish(report.For(episodeId, task.Task, task.Attempt));
        }
    }

    private sealed record OwnedTask(ConsumeContext Context, Guid EpisodeId, StartedTask Task);
}
