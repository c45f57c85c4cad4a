namespace Podcast.Ingest.Api.Data;

/// <summary>
/// An episode's transcript. It may be stored before the episode's row, because the two arrive in different messages.
/// </summary>
internal sealed class Transcript
{
    public Guid EpisodeId { get; init; }

    /// <summary>The round of collecting that delivered it; a later round replaces it.</summary>
    public int Round { get; set; }

    public required string Text { get; set; }

    public string? Language { get; set; }

    /// <summary>JSON array of timed lines; empty if the transcript has no times.</summary>
    public required string Lines { get; set; }

    public DateTimeOffset StoredAt { get; set; }
}
