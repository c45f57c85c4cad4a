namespace Podcast.Standalone.Process;

/// <summary>How far a run is: uploading, or at what the API says.</summary>
/// <param name="Uploaded">Percent of the upload; null when it is over.</param>
internal sealed record ProcessState(double? Uploaded, EpisodeAnswer? Episode);
