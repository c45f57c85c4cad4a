namespace Podcast.Processing.Inspecting;

/// <summary>The known facts about an output.</summary>
/// <param name="Type">The media type that its label states, or null.</param>
/// <param name="Seconds">Its duration, or null.</param>
/// <param name="Bytes">Its size, or null.</param>
/// <param name="Content">The content detected from its first bytes, or null.</param>
/// <param name="Chapters">Null if it is not a list of chapters.</param>
/// <param name="Note">Harmless oddities, as text for people.</param>
internal sealed record OutputFacts(
    TaskKind Kind,
    string? Type,
    double? Seconds,
    long? Bytes,
    SniffedContent? Content = null,
    IReadOnlyList<Chapter>? Chapters = null,
    string? Note = null);
