namespace Podcast.Ingest.Api.Data;

/// <summary>An episode's transcript. May be there before the episode's row: the two come by different messages.</summary>
internal sealed class Transcript
{
    public Guid EpisodeId { get; init; }

    /// <summary>Which asking brought it; a later one replaces it.</summary>
    public int Round { get; set; }

    public required string Text { get; set; }

    public string? Language { get; set; }

    /// <summary>JSON array of timed lines; empty when there are no times.</summary>
    public required string Lines { get; set; }

    public DateTimeOffset StoredAt { get; set; }
}
