namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Stores the transcript, then publishes <see cref="TranscriptStored"/>; a duplicate only publishes it again.</summary>
internal sealed class TranscriptCollectedConsumer(IngestDb db, TimeProvider clock, ILogger<TranscriptCollectedConsumer> logger)
    : IConsumer<TranscriptCollected>
{
    public async Task Consume(ConsumeContext<TranscriptCollected> context)
    {
        var collected = context.Message;
        var transcript = await db.Transcripts.FindAsync([collected.EpisodeId], context.CancellationToken);
        if (transcript?.Round > collected.Round)
            return; // a later round is stored and was published

        if (transcript is null)
            db.Transcripts.Add(transcript = new Transcript { EpisodeId = collected.EpisodeId, Text = "", Lines = "" });

        if (transcript.Round < collected.Round)
        {
            transcript.Round = collected.Round;
            transcript.Text = collected.Text.Replace("\0", "", StringComparison.Ordinal); // PostgreSQL's text cannot contain NUL
            transcript.Language = collected.Language;
            transcript.Lines = JsonSerializer.Serialize(collected.Lines);
            transcript.StoredAt = clock.GetUtcMilliseconds();
            await db.SaveChangesAsync(context.CancellationToken);
            logger.TranscriptStored(collected.EpisodeId, transcript.Text.Length);
        }

        await context.PublishUntilConfirmed(
            new TranscriptStored(
                collected.EpisodeId, collected.Round, transcript.Text.Length,
                collected.Lines.Count > 0 ? collected.Lines.Max(line => line.End) : null,
                transcript.StoredAt, collected.Note),
            clock);
    }
}
