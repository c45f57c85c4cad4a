namespace Podcast.Contracts;

/// <summary>
/// How long the texts of an <see cref="EpisodeUploaded"/> may be, in UTF-16 code units. The orchestrator fails an episode whose texts
/// are longer; whoever publishes one looks first.
/// </summary>
public static class EpisodeTexts
{
    /// <summary>Of <see cref="EpisodeUploaded.OwnerId"/>; see <see cref="IsOwner"/>.</summary>
    public const int LongestOwner = 255;

    /// <summary>Of <see cref="EpisodeUploaded.Title"/>.</summary>
    public const int LongestTitle = 200;

    /// <summary>Of <see cref="EpisodeUploaded.Description"/>: what YouTube takes.</summary>
    public const int LongestDescription = 5000;

    /// <summary>Of <see cref="EpisodeSource.Filename"/>; a longer one is left out.</summary>
    public const int LongestFilename = 255;

    /// <summary>Of <see cref="EpisodeSource.FileId"/>, which holds no control characters either.</summary>
    public const int LongestFileId = 200;

    /// <summary>Of <see cref="EpisodeSource.Url"/>.</summary>
    public const int LongestAddress = 8192;

    /// <summary>Of a text in <see cref="TaskOptions"/>.</summary>
    public const int LongestOption = 50;

    /// <summary>Whether an episode can belong to <paramref name="text"/>: not blank, not too long, no control characters.</summary>
    public static bool IsOwner(string? text) => IsName(text, LongestOwner);

    /// <summary>The same for a name of at most <paramref name="longest"/> code units.</summary>
    public static bool IsName(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
}
