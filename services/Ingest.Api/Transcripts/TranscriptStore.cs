namespace Podcast.Ingest.Api.Transcripts;

/// <summary>Keeps the transcript of the newest round of each episode.</summary>
internal sealed class TranscriptStore(IngestDb db, TimeProvider clock, ILogger<TranscriptStore> logger)
{
    /// <summary>Stores the transcript; a duplicate changes nothing.</summary>
    /// <returns>What to publish; null if a later round is stored, which was published.</returns>
    public async Task<TranscriptStored?> Store(Guid episodeId, int round, Media.Transcript made, CancellationToken cancellationToken)
    {
        var stored = await db.Transcripts.FindAsync([episodeId], cancellationToken);
        if (stored?.Round > round)
            return null;

        if (stored is null)
            db.Transcripts.Add(stored = new Transcript { EpisodeId = episodeId, Text = "", Lines = "" });

        if (stored.Round < round)
        {
            stored.Round = round;
            stored.Text = made.Text.Replace("\0", "", StringComparison.Ordinal); // PostgreSQL's text cannot contain NUL
            stored.Language = made.Language;
            stored.Lines = JsonSerializer.Serialize(made.Lines);
            stored.StoredAt = clock.GetUtcMilliseconds();
            await db.SaveChangesAsync(cancellationToken);
            logger.TranscriptStored(episodeId, stored.Text.Length);
        }

        double? end = made.Lines.Count > 0 ? made.Lines.Max(line => line.End) : null;
        return new TranscriptStored(episodeId, round, stored.Text.Length, end, stored.StoredAt, made.Note);
    }
}
