namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>The properties of a source that the work on it needs.</summary>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Type">The content type.</param>
/// <param name="Duration">Null if only ffprobe could read it, which is not installed.</param>
internal sealed record SourceMedia(string Kind, string Type, TimeSpan? Duration, int? Width, int? Height, bool HasAudio)
{
    public bool HasVideo => Kind == "video";
}

/// <summary>The result of reading a file: its media properties, or the reason why it is not usable.</summary>
internal sealed record Look(SourceMedia? Media, string? Problem);
