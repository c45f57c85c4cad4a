namespace Podcast.Ittybit;

/// <summary>What a task works on: exactly one of the two.</summary>
/// <param name="FileId">A file that is at Ittybit already.</param>
/// <param name="Url">An address that Ittybit can fetch.</param>
public sealed record IttybitSource(string? FileId, Uri? Url);
