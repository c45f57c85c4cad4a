using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>
/// Records the outcomes of episodes and whether they are held. Events of episodes that were not made by this command are ignored.
/// </summary>
internal sealed class EpisodeNews(OutcomeRecorder outcomes) : IDisposable
{
    private readonly SemaphoreSlim heard = new(0);

    /// <summary>Completes when an event was handled since the last call.</summary>
    public Task Heard(CancellationToken cancellationToken) => heard.WaitAsync(cancellationToken);

    public async Task Ended(Guid episode, Outcome ending)
    {
        await outcomes.End(episode.ToString(), ending);
        heard.Release();
    }

    public async Task Changed(EpisodeChanged change, CancellationToken cancellationToken)
    {
        if (change.Priority != EpisodePriority.Backlog)
            return; // this command's episodes have this priority and most others do not: this saves a database lookup

        if (change.Status == EpisodeStatus.Cancelled)
            await Ended(change.EpisodeId, Outcome.Failed(FailureCauses.EpisodeCancelled, change.Reason ?? "The episode was cancelled."));
        else if (await outcomes.Hold(
            change.EpisodeId.ToString(), change.Status == EpisodeStatus.Held, change.Reason, cancellationToken))
            heard.Release();
    }

    public void Dispose() => heard.Dispose();
}

/// <summary>Handles the final events of episodes. Its queue also collects them between two runs.</summary>
internal sealed class EpisodeEndsConsumer(EpisodeNews news) : IConsumer<EpisodeProcessed>, IConsumer<EpisodeFailed>
{
    public Task Consume(ConsumeContext<EpisodeProcessed> context)
    {
        var outputs = context.Message.Outputs;
        var output = outputs.FirstOrDefault(output => output.Kind == TaskKind.VideoTranscode) ?? outputs.FirstOrDefault(output => output.Output.Url is not null);
        return news.Ended(context.Message.EpisodeId, Outcome.Completed(output?.Output.Url));
    }

    public Task Consume(ConsumeContext<EpisodeFailed> context) =>
        news.Ended(context.Message.EpisodeId, Outcome.Failed(FailureCauses.EpisodeFailed, context.Message.Reason));
}

/// <summary>
/// Keeps the queue after the run, so that the next run handles events from in between. The queue expires when it was unused for
/// 14 days.
/// </summary>
internal sealed class EpisodeEndsConsumerDefinition : ConsumerDefinition<EpisodeEndsConsumer>
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeEndsConsumer> consumerConfigurator,
        IRegistrationContext context) => OutliveTheRun(endpointConfigurator);

    public static void OutliveTheRun(IReceiveEndpointConfigurator endpointConfigurator)
    {
        endpointConfigurator.UseRetries(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbitMq)
            rabbitMq.QueueExpiration = Kept;
    }
}

/// <summary>Handles changes of status: held episodes, which do not count as in flight, and cancelled ones.</summary>
internal sealed class EpisodeChangesConsumer(EpisodeNews news) : IConsumer<EpisodeChanged>
{
    public Task Consume(ConsumeContext<EpisodeChanged> context) => news.Changed(context.Message, context.CancellationToken);
}

/// <summary>
/// Keeps this queue after the run too, for episodes that are held between two runs. It receives the changes of all episodes, so
/// messages expire after a day. It must never be full, because the broker would then refuse the orchestrator's messages. If an
/// expired message said that an episode is held, its item counts as in flight until its deadline.
/// </summary>
internal sealed class EpisodeChangesConsumerDefinition : ConsumerDefinition<EpisodeChangesConsumer>
{
    // Longer than the default deadline of an item (6 h): an older message has no use.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeChangesConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        EpisodeEndsConsumerDefinition.OutliveTheRun(endpointConfigurator);
        endpointConfigurator.ConcurrentMessageLimit = 1; // keeps the messages in order: the last status counts
        if (endpointConfigurator is not IRabbitMqReceiveEndpointConfigurator rabbitMq)
            return;

        // Expired messages need no inspection, so they are not dead-lettered.
        rabbitMq.SetQueueArgument("x-message-ttl", Kept);
        foreach (var argument in (string[])["x-dead-letter-exchange", "x-dead-letter-strategy", "x-overflow"])
            rabbitMq.SetQueueArgument(argument, (object?)null);
    }
}
