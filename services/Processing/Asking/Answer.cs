using Podcast.Ittybit;

namespace Podcast.Processing.Asking;

/// <summary>What came of a question to Ittybit: a value, or why there is none.</summary>
internal readonly record struct Answer<T>(T? Value, IttybitFailure? Failure);
