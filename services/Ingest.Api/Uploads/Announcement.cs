using Podcast.Contracts;
using Podcast.Ingest.Api.Data;
using Podcast.Ingest.Api.Requests;

namespace Podcast.Ingest.Api.Uploads;

/// <summary>An accepted episode as the rest of the house hears of it, the same however often it is told.</summary>
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
