namespace Podcast.Ingest.Api.Uploads;

/// <summary>How long texts about an episode may be, in characters.</summary>
internal static class EpisodeTexts
{
    public const int LongestTitle = 200;

    /// <summary>What YouTube takes.</summary>
    public const int LongestDescription = 5000;
}
