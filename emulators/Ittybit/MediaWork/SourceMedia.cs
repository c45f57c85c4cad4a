namespace Podcast.Emulators.Ittybit.MediaWork;

/// <summary>What must be known of a source before work on it can start.</summary>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Type">The content type.</param>
/// <param name="Duration">Null where only ffprobe could tell and it is not there.</param>
internal sealed record SourceMedia(string Kind, string Type, TimeSpan? Duration, int? Width, int? Height, bool HasAudio)
{
    public bool HasVideo => Kind == "video";
}

/// <summary>What a look at a file found: media, or why it is none.</summary>
internal sealed record Look(SourceMedia? Media, string? Problem);
