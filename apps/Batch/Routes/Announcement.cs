using Podcast.Batch.Data;
using Podcast.Contracts;

namespace Podcast.Batch.Routes;

/// <summary>What is told of an item that becomes an episode.</summary>
internal static class Announcement
{
    private const int LongestTitle = 200;

    public static EpisodeUploaded Of(Guid episode, Claim claim, string owner, TableShape table)
    {
        var url = new Uri(claim.Url);

        // Escaped, an address may hold what no title can.
        var letters = Uri.UnescapeDataString(url.Segments[^1]).Trim('/').Where(letter => !char.IsControl(letter));
        var name = string.Concat(letters);
        var title = Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : $"{table.ShortName} {claim.Id}";
        return new EpisodeUploaded(
            episode,
            owner,
            Cut(title),
            new EpisodeSource(FileId: null, url, name.Length > 0 ? name : null),
            Priority: EpisodePriority.Backlog);
    }

    /// <summary>Never with half a character at its end.</summary>
    private static string Cut(string title) => title.Length <= LongestTitle
        ? title
        : title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];
}
