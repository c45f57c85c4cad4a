namespace Podcast.Ittybit;

/// <summary>The input of a task; exactly one of the two is set.</summary>
/// <param name="FileId">A file that is already at Ittybit.</param>
/// <param name="Url">An address that Ittybit can fetch.</param>
public sealed record IttybitSource(string? FileId, Uri? Url);
