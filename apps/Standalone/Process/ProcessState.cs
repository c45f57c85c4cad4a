namespace Podcast.Standalone.Process;

/// <summary>The state of a run: the progress of the upload, or the episode as the API returns it.</summary>
/// <param name="Uploaded">The percentage uploaded; null after the upload.</param>
internal sealed record ProcessState(double? Uploaded, EpisodeAnswer? Episode);
