namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Stores transcripts that Processing published before 29 November 2026, when it still fetched them; some may wait.</summary>
internal sealed class TranscriptCollectedConsumer(TranscriptStore store, TimeProvider clock) : IConsumer<TranscriptCollected>
{
    public async Task Consume(ConsumeContext<TranscriptCollected> context)
    {
        var (episodeId, round, text, language, lines, _, note) = context.Message;
        var transcript = new Media.Transcript(text, language, lines, note);
        if (await store.Store(episodeId, round, transcript, context.CancellationToken) is { } stored)
            await context.PublishUntilConfirmed(stored, clock);
    }
}
