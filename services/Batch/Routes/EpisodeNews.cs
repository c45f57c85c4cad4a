using System.Collections.Concurrent;
using MassTransit;
using Podcast.Batch.Data;
using Podcast.Contracts;
using Podcast.Hosting.Bus;

namespace Podcast.Batch.Routes;

/// <summary>Ends items by what became of their episodes. Episodes that are none of ours pass by.</summary>
internal sealed class EpisodeNews(Outstanding outstanding, Settler settler) : IDisposable
{
    private readonly ConcurrentDictionary<Guid, bool> held = [];
    private readonly SemaphoreSlim heard = new(0);

    /// <summary>Episodes of ours that wait for a person.</summary>
    public int Held => held.Count;

    /// <summary>Completes when something was heard since the last time.</summary>
    public Task Heard(CancellationToken cancellationToken) => heard.WaitAsync(cancellationToken);

    public async Task Ended(Guid episode, Ending ending)
    {
        // In this order: what has ended must never count as held.
        held.TryRemove(episode, out _);
        await settler.End(episode.ToString(), ending);
        heard.Release();
    }

    public async Task Changed(EpisodeChanged change, CancellationToken cancellationToken)
    {
        if (change.Status == EpisodeStatus.Cancelled)
            await Ended(change.EpisodeId, Ending.Failed(Causes.EpisodeCancelled, change.Reason ?? "The episode was cancelled."));
        else if (change.Status != EpisodeStatus.Held)
            held.TryRemove(change.EpisodeId, out _);
        else if (await IsOurs(change.EpisodeId, cancellationToken) && held.TryAdd(change.EpisodeId, true))
        {
            if (!await IsOurs(change.EpisodeId, cancellationToken))
                held.TryRemove(change.EpisodeId, out _);
            heard.Release();
        }
    }

    public void Dispose() => heard.Dispose();

    private async Task<bool> IsOurs(Guid episode, CancellationToken cancellationToken) =>
        (await outstanding.With([episode.ToString()], cancellationToken)).Count > 0;
}

/// <summary>What must be heard, be it between two runs.</summary>
internal sealed class EpisodeEndsConsumer(EpisodeNews news) : IConsumer<EpisodeProcessed>, IConsumer<EpisodeFailed>
{
    public Task Consume(ConsumeContext<EpisodeProcessed> context)
    {
        var outputs = context.Message.Outputs;
        var output = outputs.FirstOrDefault(output => output.Kind == TaskKind.VideoTranscode) ?? outputs.FirstOrDefault(output => output.Output.Url is not null);
        return news.Ended(context.Message.EpisodeId, Ending.Completed(output?.Output.Url));
    }

    public Task Consume(ConsumeContext<EpisodeFailed> context) =>
        news.Ended(context.Message.EpisodeId, Ending.Failed(Causes.EpisodeFailed, context.Message.Reason));
}

/// <summary>The queue outlives the run, so that what ends in between is heard by the next one; but not for ever, should there be none.</summary>
internal sealed class EpisodeEndsConsumerDefinition : ConsumerDefinition<EpisodeEndsConsumer>
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeEndsConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbitMq)
            rabbitMq.QueueExpiration = Kept;
    }
}

/// <summary>What a run likes to know while it lasts: who is held, and so in nobody's way.</summary>
internal sealed class EpisodeChangesConsumer(EpisodeNews news) : IConsumer<EpisodeChanged>
{
    public Task Consume(ConsumeContext<EpisodeChanged> context) => news.Changed(context.Message, context.CancellationToken);
}
