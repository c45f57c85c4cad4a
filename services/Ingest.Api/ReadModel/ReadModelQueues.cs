using Podcast.Ingest.Api.Transcripts;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>The queue of snapshots.</summary>
internal sealed class EpisodeChangedConsumerDefinition() : ReadModelDefinition<EpisodeChangedConsumer>("ingest-episode-changed")
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeChangedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        base.ConfigureConsumer(endpointConfigurator, consumerConfigurator, context);

        // Avoids conflicts between deliveries of this process; conflicts with other instances are retried.
        var perEpisode = endpointConfigurator.CreatePartitioner(Environment.ProcessorCount * 4);
        consumerConfigurator.Message<EpisodeChanged>(x => x.UsePartitioner(perEpisode, m => m.Message.EpisodeId));
    }
}

/// <summary>The queue of transcripts.</summary>
internal sealed class TranscriptCollectedConsumerDefinition()
    : ReadModelDefinition<TranscriptCollectedConsumer>("ingest-transcript-collected");

/// <summary>A queue with 12 retries at gaps from 50 ms to 30 s, for concurrency conflicts.</summary>
internal abstract class ReadModelDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan shortest = TimeSpan.FromMilliseconds(50);

    protected ReadModelDefinition(string queue) => EndpointName = queue;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Exponential(12, shortest, TimeSpan.FromSeconds(30), shortest));
}
