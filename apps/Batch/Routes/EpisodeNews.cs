using MassTransit;
using Podcast.Batch.Data;
using Podcast.Contracts;
using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>Ends items by what became of their episodes, and keeps who is held. Episodes that are none of ours pass by.</summary>
internal sealed class EpisodeNews(OutcomeRecorder settler) : IDisposable
{
    private readonly SemaphoreSlim heard = new(0);

    /// <summary>Completes when something was heard since the last time.</summary>
    public Task Heard(CancellationToken cancellationToken) => heard.WaitAsync(cancellationToken);

    public async Task Ended(Guid episode, Outcome ending)
    {
        await settler.End(episode.ToString(), ending);
        heard.Release();
    }

    public async Task Changed(EpisodeChanged change, CancellationToken cancellationToken)
    {
        if (change.Priority != EpisodePriority.Backlog)
            return; // ours are, and most are not: there is no need to look

        if (change.Status == EpisodeStatus.Cancelled)
            await Ended(change.EpisodeId, Outcome.Failed(FailureCauses.EpisodeCancelled, change.Reason ?? "The episode was cancelled."));
        else if (await settler.Hold(
            change.EpisodeId.ToString(), change.Status == EpisodeStatus.Held, change.Reason, cancellationToken))
            heard.Release();
    }

    public void Dispose() => heard.Dispose();
}

/// <summary>What must be heard, be it between two runs.</summary>
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

/// <summary>The queue outlives the run, so that what ends in between is heard by the next one; but not for ever, should there be none.</summary>
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

/// <summary>Who is held, and so in nobody's way, and who was cancelled.</summary>
internal sealed class EpisodeChangesConsumer(EpisodeNews news) : IConsumer<EpisodeChanged>
{
    public Task Consume(ConsumeContext<EpisodeChanged> context) => news.Changed(context.Message, context.CancellationToken);
}

/// <summary>
/// This queue outlives the run too, for what is held in between. Everybody's episodes change, and many times each: so it keeps only
/// what is young. It must never be full, since then the orchestrator's messages would be refused. Without such a message an item
/// keeps its place until its deadline.
/// </summary>
internal sealed class EpisodeChangesConsumerDefinition : ConsumerDefinition<EpisodeChangesConsumer>
{
    // What is older than an item's deadline tells nothing.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeChangesConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        EpisodeEndsConsumerDefinition.OutliveTheRun(endpointConfigurator);
        endpointConfigurator.ConcurrentMessageLimit = 1; // in the order in which they come: the last one counts
        if (endpointConfigurator is not IRabbitMqReceiveEndpointConfigurator rabbitMq)
            return;

        // What is too old is nobody's to look at, so it does not go where failures go.
        rabbitMq.SetQueueArgument("x-message-ttl", Kept);
        foreach (var argument in (string[])["x-dead-letter-exchange", "x-dead-letter-strategy", "x-overflow"])
            rabbitMq.SetQueueArgument(argument, (object?)null);
    }
}
