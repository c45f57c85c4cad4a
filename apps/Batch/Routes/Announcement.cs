using Podcast.Redaction;

namespace Podcast.Batch.Routes;

internal static class Announcement
{
    private const int LongestTitle = 200;

    public static EpisodeUploaded Of(Guid episode, Claim claim, string owner, TableShape table)
    {
        var url = new Uri(claim.Url);

        // An escaped address may contain control characters, which a title must not have.
        var name = string.Concat(Uri.UnescapeDataString(url.Segments[^1]).Trim('/').Where(letter => !char.IsControl(letter)));
        var title = Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : $"{table.ShortName} {claim.Id}";
        var source = new EpisodeSource(FileId: null, url, name.Length > 0 ? name : null);
        return new EpisodeUploaded(episode, owner, Redactor.Cut(title, LongestTitle), source, Priority: EpisodePriority.Backlog);
    }
}
