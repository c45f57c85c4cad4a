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
        if (title.Length > LongestTitle)
            title = title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];
        var source = new EpisodeSource(FileId: null, url, name.Length > 0 ? name : null);
        return new EpisodeUploaded(episode, owner, title, source, Priority: EpisodePriority.Backlog);
    }
}
