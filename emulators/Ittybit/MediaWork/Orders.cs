namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>The requested part of a source.</summary>
/// <param name="IsWhole">Whether it is the whole source.</param>
internal readonly record struct Excerpt(TimeSpan Start, TimeSpan Length, bool IsWhole);

/// <param name="Format"><c>mp3</c>, <c>aac</c>, <c>wav</c> or <c>flac</c>.</param>
/// <param name="Bitrate">Bits per second.</param>
internal sealed record AudioOrder(string Format, int Bitrate, int Channels, Excerpt Excerpt);

/// <param name="Format"><c>mp4</c> or <c>mov</c>.</param>
/// <param name="Bitrate">The maximum in bits per second; null: <paramref name="Quality"/> decides.</param>
/// <param name="Quality"><c>very_low</c> to <c>very_high</c>.</param>
internal sealed record VideoOrder(string Format, int Width, int Height, double? Fps, int? Bitrate, string Quality, Excerpt Excerpt);
