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
    /// Records with each <see cref="TaskStarted"/>, in the saga's transaction, whose task it is, and forwards the reports that waited
    /// for it.
    /// </summary>
    public static void UseTaskOwners(this ISagaConfigurator<EpisodeState> saga) =>
        saga.SagaMessage<TaskStarted>(started => started.UseExecuteAsync(async context =>
        {
            if (IttybitIds.Of(context.Message.IttybitTaskId) is null)
                return;

            var clock = context.GetPayload<IServiceProvider>().GetRequiredService<TimeProvider>();
            var tasks = new IttybitTasks((OrchestratorDbContext)context.GetPayload<DbContext>(), clock);
            var (episodeId, kind, attempt, _, _) = context.Message;
            foreach (var report in await tasks.Assign(context.Message, context.CancellationToken))
                await context.Publish(report.For(episodeId, kind, attempt));
        }));
}
