using MassTransit;
using Microsoft.Extensions.Options;
using Podcast.Hosting.Bus;

namespace Podcast.Processing.Transcripts;

/// <summary>Few at once: a transcript is held in memory as a whole.</summary>
internal sealed class CollectTranscriptDefinition : ConsumerDefinition<CollectTranscriptConsumer>
{
    public CollectTranscriptDefinition(IOptions<ProcessingOptions> options)
    {
        EndpointName = "collect-transcript";
        ConcurrentMessageLimit = options.Value.ConcurrentTranscripts;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CollectTranscriptConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.UseRetries(retry => retry.Intervals(500, 2000));
}
