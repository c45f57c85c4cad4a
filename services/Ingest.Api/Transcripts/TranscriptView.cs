namespace Podcast.Ingest.Api.Transcripts;

/// <summary>A transcript as JSON.</summary>
/// <param name="Language">ISO 639-1, when known.</param>
/// <param name="Lines">In order; empty when the transcript has no times.</param>
internal sealed record TranscriptView(string? Language, string Text, IReadOnlyList<TranscriptLineView> Lines);

/// <summary>A stretch of speech; times in seconds.</summary>
internal sealed record TranscriptLineView(double Start, double End, string Text, string? Speaker);
