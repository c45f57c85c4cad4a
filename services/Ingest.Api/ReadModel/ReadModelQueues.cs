using Podcast.Hosting.Bus;
using Podcast.Ingest.Api.Transcripts;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>
/// The queue of snapshots. Retries cover concurrency conflicts (at once) and an unavailable database (minutes).
/// </summary>
internal sealed class EpisodeChangedConsumerDefinition : ConsumerDefinition<EpisodeChangedConsumer>
{
    public EpisodeChangedConsumerDefinition() => EndpointName = "ingest-episode-changed";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeChangedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(RetryIntervals.Configure);

        // Avoids conflicts between deliveries of this process; conflicts with other instances are retried.
        var perEpisode = endpointConfigurator.CreatePartitioner(Environment.ProcessorCount * 4);
        consumerConfigurator.Message<EpisodeChanged>(x => x.UsePartitioner(perEpisode, m => m.Message.EpisodeId));
    }
}

/// <summary>The queue of transcripts.</summary>
internal sealed class TranscriptCollectedConsumerDefinition : ConsumerDefinition<TranscriptCollectedConsumer>
{
    public TranscriptCollectedConsumerDefinition() => EndpointName = "ingest-transcript-collected";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<TranscriptCollectedConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRetries(RetryIntervals.Configure);
}

/// <summary>The retry policy: 12 retries, with gaps from 50 ms to 30 s.</summary>
internal static class RetryIntervals
{
    public static void Configure(IRetryConfigurator retry) =>
        retry.Exponential(12, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(50));
}
