using MassTransit;
using Podcast.Batch.Data;
using Podcast.Contracts;

namespace Podcast.Batch.Routes;

/// <summary>Ends items by what became of their episodes. Episodes that are none of ours pass by.</summary>
internal sealed class EpisodeNews(Outstanding outstanding, Settler settler, TimeProvider clock)
{
    private const int Looks = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task Hear(Guid episode, Ending ending, CancellationToken cancellationToken)
    {
        // An episode may end before we have noted that it was told.
        for (var look = 1; look <= Looks; look++)
        {
            var ours = await outstanding.With([episode.ToString()], cancellationToken);
            foreach (var item in ours)
                await settler.End(item, ending);
            if (ours.Count > 0 || !await outstanding.IsSending(cancellationToken))
                return;
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}

internal sealed class EpisodeNewsConsumer(EpisodeNews news) : IConsumer<EpisodeProcessed>, IConsumer<EpisodeFailed>
{
    public Task Consume(ConsumeContext<EpisodeProcessed> context)
    {
        var outputs = context.Message.Outputs;
        var output = outputs.FirstOrDefault(output => output.Kind == TaskKind.VideoTranscode) ?? outputs.FirstOrDefault(output => output.Output.Url is not null);
        return news.Hear(context.Message.EpisodeId, Ending.Completed(output?.Output.Url), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<EpisodeFailed> context) =>
        news.Hear(context.Message.EpisodeId, Ending.Failed(Causes.EpisodeFailed, context.Message.Reason), context.CancellationToken);
}

/// <summary>The queue outlives the run, so that what ends in between is heard by the next one; but not for ever, should there be none.</summary>
internal sealed class EpisodeNewsConsumerDefinition : ConsumerDefinition<EpisodeNewsConsumer>
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeNewsConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbitMq)
            rabbitMq.QueueExpiration = Kept;
    }
}
