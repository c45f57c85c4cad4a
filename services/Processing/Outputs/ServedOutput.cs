namespace Podcast.Processing.Outputs;

/// <summary>What an output's server gives out.</summary>
/// <param name="Bytes">Its size, as far as the server tells.</param>
/// <param name="Type">Its label: a media type, or null.</param>
/// <param name="Content">What its first bytes say; null when too few were given.</param>
internal sealed record ServedOutput(long? Bytes, string? Type, SniffedContent? Content);
