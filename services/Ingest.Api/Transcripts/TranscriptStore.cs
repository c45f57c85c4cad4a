namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Keeps the transcript of the newest round of each episode.</summary>
internal sealed class TranscriptStore(IngestDb db, TimeProvider clock, ILogger<TranscriptStore> logger)
{
    /// <summary>Stores the transcript; a duplicate changes nothing.</summary>
    /// <returns>What to publish; null if a later round is stored, which was published.</returns>
    public async Task<TranscriptStored?> Store(Guid episodeId, int round, Media.Transcript made, CancellationToken cancellationToken)
    {
        var transcript = new Transcript
        {
            EpisodeId = episodeId,
            Round = round,
            Text = made.Text.Replace("\0", "", StringComparison.Ordinal), // PostgreSQL's text cannot contain NUL
            Language = made.Language,
            Lines = JsonSerializer.Serialize(made.Lines),
            StoredAt = clock.GetUtcMilliseconds(),
        };
        if (await db.InsertOrUpdate(transcript, "episode_id", "old.round < excluded.round", cancellationToken) > 0)
            logger.TranscriptStored(episodeId, transcript.Text.Length);
        else
            transcript = await db.Transcripts.AsNoTracking().SingleAsync(stored => stored.EpisodeId == episodeId, cancellationToken);
        if (transcript.Round > round)
            return null;

        double? end = made.Lines.Count > 0 ? made.Lines.Max(line => line.End) : null;
        return new TranscriptStored(episodeId, round, transcript.Text.Length, end, transcript.StoredAt, made.Note);
    }
}
