using System.Text.Json.Serialization;

namespace Podcast.Ingest.Api.Episodes;

/// <summary>A page of episodes, newest first.</summary>
/// <param name="NextCursor">For <c>?cursor=</c>; null on the last page.</param>
internal sealed record EpisodePage(
    IReadOnlyList<EpisodeView> Episodes,
    [property: JsonPropertyName("next_cursor")] string? NextCursor);
