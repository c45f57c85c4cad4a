namespace Podcast.Ingest.Api.Uploads;

/// <summary>
/// Builds <see cref="EpisodeUploaded"/> from an accepted episode; a repeated announcement has the same content.
/// </summary>
internal static class Announcement
{
    public static EpisodeUploaded Of(Episode episode) => new(
        episode.Id,
        episode.UserId,
        episode.Title,
        new EpisodeSource(
            episode.IttybitFileId,
            episode.SourceUrl is null ? null : new Uri(episode.SourceUrl),
            episode.OriginalFilename,
            episode.FileSize,
            episode.DurationSeconds),
        episode.Description,
        TaskNames.Plan(episode.RequestedTasks),
        episode.UploadedAt);
}
