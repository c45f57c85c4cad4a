namespace Podcast.Media;

/// <summary>The response of an output's server.</summary>
/// <param name="Bytes">The size of the file; null if the server does not report it.</param>
/// <param name="Type">Its media type, or null.</param>
/// <param name="Content">The content detected from its first bytes; null if there were too few.</param>
public sealed record ServedOutput(long? Bytes, string? Type, SniffedContent? Content);
