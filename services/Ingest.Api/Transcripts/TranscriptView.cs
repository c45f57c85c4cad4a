namespace Podcast.Ingest.Api.Transcripts;

/// <summary>A transcript as JSON.</summary>
/// <param name="Language">ISO 639-1; null if unknown.</param>
/// <param name="Lines">In order of time; empty if the transcript has no times.</param>
internal sealed record TranscriptView(string? Language, string Text, IReadOnlyList<TranscriptLineView> Lines);

/// <summary>One line of speech; times in seconds.</summary>
internal sealed record TranscriptLineView(double Start, double End, string Text, string? Speaker);
