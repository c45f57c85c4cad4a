using Podcast.Media;

namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Fetches the finished transcript, stores it, then publishes <see cref="TranscriptStored"/>.</summary>
internal sealed class CollectTranscriptConsumer(
    TranscriptCollector collector, TranscriptStore store, TimeProvider clock, ILogger<CollectTranscriptConsumer> logger)
    : IConsumer<CollectTranscript>
{
    public async Task Consume(ConsumeContext<CollectTranscript> context)
    {
        var (episodeId, round, output) = context.Message;
        try
        {
            var transcript = await collector.Collect(output, context.CancellationToken);
            if (await store.Store(episodeId, round, transcript, context.CancellationToken) is { } stored)
                await context.PublishUntilConfirmed(stored, clock);
        }
        catch (OutputException trouble)
        {
            logger.TranscriptRejected(episodeId, trouble.Transient, trouble.Message);
            await context.PublishUntilConfirmed(
                new TranscriptRejected(episodeId, round, trouble.Message, trouble.Transient, clock.GetUtcNow(), trouble.Until), clock);
        }
    }
}
