namespace Podcast.Id3;

/// <summary>What to write into a tag. What the MP3 had of it before is replaced; everything else that it had is kept.</summary>
/// <param name="Title">The title of the episode (<c>TIT2</c>).</param>
/// <param name="Show">The name of the show, which players show as the album (<c>TALB</c>).</param>
/// <param name="Chapters">In order of time, at most 255 (<c>CHAP</c>, <c>CTOC</c>). Empty: earlier chapters are kept.</param>
/// <param name="Cover">The front cover (<c>APIC</c>), in place of all earlier pictures. Null: they are kept.</param>
public sealed record Id3Tag(string Title, string Show, IReadOnlyList<Id3Chapter> Chapters, Id3Picture? Cover = null);

/// <summary>A chapter; the times are from the beginning of the audio, in whole milliseconds and below 49 days.</summary>
public sealed record Id3Chapter(TimeSpan Start, TimeSpan End, string Title);

/// <param name="MediaType"><c>image/jpeg</c> or <c>image/png</c>, the ones that all players show.</param>
public sealed record Id3Picture(string MediaType, ReadOnlyMemory<byte> Content);
