using Podcast.Contracts;
using Podcast.Processing.Outputs;

namespace Podcast.Processing.Inspecting;

/// <summary>An output with all that is known about it.</summary>
/// <param name="Type">Its label: a media type, or null.</param>
/// <param name="Seconds">Its length, or null.</param>
/// <param name="Bytes">Its size, or null.</param>
/// <param name="Content">What its first bytes say, or null.</param>
/// <param name="Chapters">Null for what is no list of chapters.</param>
/// <param name="Note">What was odd about it and does not matter, for people.</param>
internal sealed record OutputFacts(
    TaskKind Kind,
    string? Type,
    double? Seconds,
    long? Bytes,
    SniffedContent? Content = null,
    IReadOnlyList<Chapter>? Chapters = null,
    string? Note = null);
