namespace Podcast.Contracts;

/// <summary>
/// What a published episode says beyond its title and description. Null means unknown: what the channel takes by default.
/// </summary>
/// <param name="Season">The number of the season, 1 to 100,000.</param>
/// <param name="Number">The number of the episode in its season, 1 to 100,000.</param>
/// <param name="Summary">The episode in one or two sentences, at most 500 UTF-16 code units.</param>
/// <param name="PublishAt">When the episode becomes public at the earliest; null means when it is processed.</param>
/// <param name="Image">The public address of the episode's own artwork, a square JPEG or PNG, which the channel fetches; null means
/// the show's. At most 2,048 characters.</param>
public sealed record EpisodeDetails(
    int? Season = null, int? Number = null, string? Summary = null, DateTimeOffset? PublishAt = null, Uri? Image = null)
{
    /// <summary>The maximum of <see cref="Season"/> and <see cref="Number"/>.</summary>
    public const int HighestNumber = 100_000;

    /// <summary>The maximum length of <see cref="Summary"/>, in UTF-16 code units.</summary>
    public const int LongestSummary = 500;
}
