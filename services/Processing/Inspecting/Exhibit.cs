using Podcast.Contracts;

namespace Podcast.Processing.Inspecting;

/// <summary>An output with all that is known about it.</summary>
/// <param name="Type">Media type, or null.</param>
/// <param name="Seconds">Its length, or null.</param>
/// <param name="Bytes">Its size, or null.</param>
/// <param name="Chapters">The beginnings of the chapters, in seconds; null for what is no list of chapters.</param>
internal sealed record Exhibit(TaskKind Kind, string? Type, double? Seconds, long? Bytes, IReadOnlyList<double>? Chapters = null);
