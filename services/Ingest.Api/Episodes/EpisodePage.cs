namespace Podcast.Ingest.Api.Episodes;

/// <summary>A page of episodes, newest first.</summary>
/// <param name="NextCursor">The value of <c>?cursor=</c> for the next page; null on the last page.</param>
internal sealed record EpisodePage(
    IReadOnlyList<EpisodeView> Episodes,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);
