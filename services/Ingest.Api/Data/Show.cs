using Podcast.Ingest.Api.Shows;

namespace Podcast.Ingest.Api.Data;

/// <summary>A show of an owner.</summary>
internal sealed class Show
{
    public required string UserId { get; init; } // the sub of the owner's token
    public required string Slug { get; init; }
    public int Version { get; set; } // grows with each PUT
    public required PutShow Put { get; set; } // what the owner wants, as JSON
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}
