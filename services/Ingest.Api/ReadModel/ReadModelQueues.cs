using MassTransit;
using Podcast.Contracts;
using Podcast.Hosting.Bus;
using Podcast.Ingest.Api.Transcripts;

namespace Podcast.Ingest.Api.ReadModel;

/// <summary>The queue of snapshots. Retries cover conflicts (at once) and a database that is away (minutes).</summary>
internal sealed class EpisodeChangedConsumerDefinition : ConsumerDefinition<EpisodeChangedConsumer>
{
    public EpisodeChangedConsumerDefinition() => EndpointName = "ingest-episode-changed";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpisodeChangedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.UseRetries(Patience.Configure);

        // Saves conflicts among the deliveries of this process; those of others are met by retries.
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
        IRegistrationContext context) => endpointConfigurator.UseRetries(Patience.Configure);
}

/// <summary>How long a delivery is tried: a dozen times from a twentieth of a second to half a minute apart.</summary>
internal static class Patience
{
    public static void Configure(IRetryConfigurator retry) =>
        retry.Exponential(12, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(50));
}
