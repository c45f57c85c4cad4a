namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>A time span with a text: a spoken sentence, or a chapter and its title.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Confidence">0 to 1; chapters have none.</param>
internal sealed record Segment(double Start, double End, string Text, double? Confidence = null);
