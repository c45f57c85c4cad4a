namespace Podcast.Ingest.Api.Episodes;

/// <summary>Which of an owner's episodes are meant.</summary>
/// <param name="Status">One of <see cref="Data.Status.All"/>; null means any.</param>
/// <param name="Text">
/// Words, each of which a word of the title must begin with; or an id, its first characters, or the id of a task at Ittybit. Null means
/// any.
/// </param>
internal sealed record EpisodeFilter(string? Status = null, string? Text = null)
{
    /// <summary>The maximum length of <see cref="Text"/>, in characters.</summary>
    public const int LongestText = 200;

    private const int ShortestId = 8; // digits: "added" is a word
    private const int WholeId = 36;
    private const string LowestId = "00000000-0000-0000-0000-000000000000";
    private const string HighestId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    private static readonly PlainTextAttribute plainText = new();

    /// <returns>Why <paramref name="text"/> cannot be searched for; null if it can.</returns>
    public static string? Refuse(string? text) => text switch
    {
        { Length: > LongestText } => $"must have at most {LongestText} characters.",
        _ when !plainText.IsValid(text) => plainText.ErrorMessage,
        _ => null,
    };

    public async Task<IQueryable<Episode>> Of(IngestDb db, Owner owner, CancellationToken cancellationToken)
    {
        var episodes = db.Episodes.AsNoTracking().Where(e => e.UserId == owner.Id);
        if (Status is not null)
            episodes = episodes.Where(e => e.Status == Status);
        if (Text?.Trim() is not { Length: > 0 } text)
            return episodes;

        var byTask = await db.Tasks.Where(t => t.IttybitTaskId == text).Select(t => t.EpisodeId).FirstOrDefaultAsync(cancellationToken);
        if (byTask != Guid.Empty)
            return episodes.Where(e => e.Id == byTask);
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var titled = db.Database.IsNpgsql() ? WithWords(db, episodes, words) : words.Aggregate(episodes, WithPart);
        if (text.Length is < ShortestId or > WholeId
            || !Guid.TryParse(text + LowestId[text.Length..], out var lowest)
            || !Guid.TryParse(text + HighestId[text.Length..], out var highest))
            return titled;

        var identified = episodes.Where(e => e.Id >= lowest && e.Id <= highest);
        if (text.Length == WholeId)
            return identified;
        var either = identified.Select(e => e.Id).Union(titled.Select(e => e.Id)); // a date such as 20261201 may be both
        return episodes.Where(e => either.Contains(e.Id));
    }

    /// <summary>
    /// By the index on the words of titles. OFFSET 0 keeps the planner from merging the two queries: for words that are in no title it
    /// would read all of them by their dates instead.
    /// </summary>
    private static IQueryable<Episode> WithWords(IngestDb db, IQueryable<Episode> episodes, string[] words)
    {
        var query = string.Join(" & ", words.Select(word =>
            $"'{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}':*"));
        var found = db.Database.SqlQuery<Guid>($"""
            SELECT id AS "Value" FROM ingest.episodes WHERE to_tsvector('simple', title) @@ to_tsquery('simple', {query}) OFFSET 0
            """);
        return episodes.Where(e => found.Contains(e.Id));
    }

    /// <summary>On SQLite, which has no such index, the word may also be a part of one.</summary>
    private static IQueryable<Episode> WithPart(IQueryable<Episode> episodes, string word)
    {
        var pattern = $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal)}%";
        return episodes.Where(e => EF.Functions.Like(e.Title, pattern, @"\"));
    }
}
