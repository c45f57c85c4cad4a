namespace Podcast.Processing.Asking;

/// <summary>The result of a call to Ittybit: a value or a failure.</summary>
internal readonly record struct Answer<T>(T? Value, IttybitFailure? Failure);
