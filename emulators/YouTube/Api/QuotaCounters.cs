namespace Podcast.Emulators.YouTube.Api;

/// <summary>Counts what each project spends in a day of Pacific time, in two buckets: inserts and units.</summary>
internal sealed class QuotaCounters(Documents documents, IOptions<YouTubeEmulatorOptions> options, TimeProvider clock)
{
    private static readonly TimeZoneInfo Pacific = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>Spends the cost of a call; false, and nothing is spent, if the bucket does not have it.</summary>
    public bool TrySpend(string project, ApiMethod method) => documents.Change(() =>
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Pacific).Date);
        var used = documents.Find<QuotaUse>(QuotaUse.IdOf(project, day)) ?? new QuotaUse(project, day);
        var cost = options.Value.Costs.GetValueOrDefault(method.Name, 1);
        var next = method == ApiMethod.VideosInsert
            ? used with { Inserts = used.Inserts + cost }
            : used with { Units = used.Units + cost };

        var isCovered = next.Inserts <= options.Value.InsertsPerDay && next.Units <= options.Value.UnitsPerDay;
        documents.Save(isCovered ? next : used with { Refused = used.Refused + 1 });
        return isCovered;
    });
}

/// <summary>What a project spent in a day.</summary>
/// <param name="Project">The OAuth client's id.</param>
/// <param name="Day">The day in Pacific time.</param>
/// <param name="Inserts">Spent inserts.</param>
/// <param name="Units">Spent units.</param>
/// <param name="Refused">Calls that were answered <c>quotaExceeded</c>.</param>
public sealed record QuotaUse(string Project, DateOnly Day, int Inserts = 0, int Units = 0, int Refused = 0) : IDocument
{
    string IDocument.Id => IdOf(Project, Day);

    string IDocument.Owner => Project;

    internal static string IdOf(string project, DateOnly day) => $"{project} {day:O}";
}
