namespace Podcast.Contracts;

/// <summary>
/// The maximum lengths of the texts of an <see cref="EpisodeUploaded"/>, in UTF-16 code units. The orchestrator fails an episode
/// with longer texts, so publishers should check them first.
/// </summary>
public static class EpisodeTexts
{
    /// <summary>The maximum length of <see cref="EpisodeUploaded.OwnerId"/>; see <see cref="IsOwner"/>.</summary>
    public const int LongestOwner = 255;

    /// <summary>The maximum length of <see cref="EpisodeUploaded.Title"/>.</summary>
    public const int LongestTitle = 200;

    /// <summary>The maximum length of <see cref="EpisodeUploaded.Description"/>, which is YouTube's limit.</summary>
    public const int LongestDescription = 5000;

    /// <summary>The maximum length of <see cref="EpisodeSource.Filename"/>; a longer one is left out.</summary>
    public const int LongestFilename = 255;

    /// <summary>The maximum length of <see cref="EpisodeSource.FileId"/>, which must not contain control characters.</summary>
    public const int LongestFileId = 200;

    /// <summary>The maximum length of <see cref="EpisodeSource.Url"/>.</summary>
    public const int LongestAddress = 8192;

    /// <summary>The maximum length of a text in <see cref="TaskOptions"/>.</summary>
    public const int LongestOption = 50;

    /// <summary>True if <paramref name="text"/> is a valid owner: not blank, not too long, no control characters.</summary>
    public static bool IsOwner(string? text) => IsName(text, LongestOwner);

    /// <summary>
    /// True if <paramref name="text"/> is not blank, has at most <paramref name="longest"/> code units and no control characters.
    /// </summary>
    public static bool IsName(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl);
}
