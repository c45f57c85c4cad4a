using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Planning;

/// <summary>A video that is not finished, as the plan sees it.</summary>
/// <param name="EpisodeAt">The newest is uploaded first.</param>
/// <param name="IsUploading">True if its upload has been paid for.</param>
/// <param name="Units">What it still costs until it is public.</param>
/// <param name="UploadAt">When its upload was planned before.</param>
/// <param name="PausedUntil">Until when its channel takes no uploads.</param>
/// <param name="WantsCaptions">True if captions are to follow it, and have not been paid for.</param>
/// <param name="CaptionsAt">When they were promised before.</param>
/// <param name="WantsCheck">True if captions have followed it, and are to be looked for.</param>
internal sealed record OpenVideo(
    Guid Id, DateTimeOffset EpisodeAt, bool IsUploading, int Units, DateTimeOffset? UploadAt, DateTimeOffset? PausedUntil,
    bool WantsCaptions, DateTimeOffset? CaptionsAt, bool WantsCheck = false);

/// <summary>
/// Gives each unfinished video of a Google project its places in the project's days. Uploads come first, the newest of them before all
/// others, and only where the day has all that a video costs until it is public. Captions that follow use what is left, and keep the
/// day that was promised: later only if uploads need its units, earlier only if all that is left over makes it two days.
/// </summary>
internal sealed class ProjectPlan
{
    private readonly Dictionary<Guid, Place> places = [];
    private readonly QuotaDays days;
    private readonly YouTubeOptions limits;
    private int unspent; // of today's units, but for promised captions

    public ProjectPlan(
        IReadOnlyCollection<OpenVideo> videos, int spentInserts, int spentUnits, YouTubeOptions limits, DateTimeOffset now)
    {
        (days, this.limits, unspent) = (new QuotaDays(limits, spentInserts, spentUnits, now), limits, limits.UnitsPerDay - spentUnits);
        days.Take(0, 0, videos.Where(video => video.IsUploading).Sum(video => video.Units));
        foreach (var video in videos.OrderByDescending(video => video.EpisodeAt).ThenBy(video => video.Id))
            places[video.Id] = video.IsUploading
                ? new(video.UploadAt < now ? video.UploadAt : now, video.CaptionsAt, "Its upload has begun.")
                : Upload(video);
        List<OpenVideo> followed =
        [
            .. videos.Where(video => video.WantsCaptions && places[video.Id].UploadAt is not null)
                .OrderBy(video => video.CaptionsAt ?? DateTimeOffset.MaxValue)
                .ThenByDescending(video => video.EpisodeAt).ThenBy(video => video.Id),
        ];
        var earliest = EarliestDays(followed);
        foreach (var (video, day) in followed.Zip(earliest))
            places[video.Id] = Captions(video, places[video.Id], day);
        foreach (var video in videos.Where(video => video.WantsCheck).OrderBy(video => video.CaptionsAt).ThenBy(video => video.Id))
            places[video.Id] = places[video.Id] with { CheckAt = Check() };
    }

    /// <summary>By the ids of the videos.</summary>
    public IReadOnlyDictionary<Guid, Place> Places => places;

    private Place Upload(OpenVideo video)
    {
        var from = video.PausedUntil is { } pause ? days.DayOf(pause) : 0;
        if (days.Find(from, 1, video.Units) is not { } day)
            return new(null, null, $"It costs an upload and {video.Units} units, and the Google project never has that many a day.");
        var lacksUnits = day > from && days.Has(day - 1, 1, 0);
        days.Take(day, 1, video.Units);
        var at = days.BeginOf(day);
        if (day == from && video.PausedUntil > at)
            return new(video.PausedUntil, null, "The channel takes no more uploads before (uploadLimitExceeded).");
        return new(at, null, day == from ? "There is a place for it." : lacksUnits
            ? $"It costs {video.Units} of the {limits.UnitsPerDay} units a day of the Google project, newest episodes first: {Next(day)}"
            : $"YouTube takes {limits.InsertsPerDay} uploads a day from this Google project, newest episodes first: {Next(day)}");
    }

    /// <summary>The days of captions if nothing had been promised; null: never.</summary>
    private List<int?> EarliestDays(List<OpenVideo> followed)
    {
        var free = days.Copy();
        return followed.ConvertAll(video =>
        {
            var day = FindForCaptions(free, video);
            if (day is not null)
                free.Take(day.Value, 0, limits.CaptionInsertCost);
            return day;
        });
    }

    private Place Captions(OpenVideo video, Place upload, int? earliest)
    {
        var cost = limits.CaptionInsertCost;
        if (earliest is null)
            return upload with { CaptionsAt = null, Why = $"{upload.Why} There are never {cost} units for its captions." };
        var day = video.CaptionsAt is { } promise && IsKept(days.DayOf(promise), Ready(video), earliest.Value)
            ? days.DayOf(promise)
            : FindForCaptions(days, video)!.Value;
        days.Take(day, 0, cost);
        unspent -= day == 0 ? cost : 0;
        var at = days.BeginOf(day);
        return upload with
        {
            CaptionsAt = at < upload.UploadAt ? upload.UploadAt : at,
            Why = day == Ready(video) ? upload.Why
                : $"{upload.Why} Captions cost {cost} of the {limits.UnitsPerDay} units a day, after all uploads: {Next(day)}",
        };
    }

    /// <summary>A place in what all else leaves over.</summary>
    private DateTimeOffset? Check()
    {
        if (days.FindBesideUploads(0, limits.CaptionListCost) is not { } day)
            return null;
        days.Take(day, 0, limits.CaptionListCost);
        return days.BeginOf(day);
    }

    private bool IsKept(int promised, int ready, int earliest) => promised >= ready && promised - earliest <= 1
        && (promised == 0
            ? unspent >= limits.CaptionInsertCost // what is planned for uploads is a guess, and no promise is broken for it
            : days.HasBesideUploads(promised, limits.CaptionInsertCost));

    private int? FindForCaptions(QuotaDays from, OpenVideo video) =>
        from.FindBesideUploads(Ready(video), limits.CaptionInsertCost + limits.SpareUnits);

    private int Ready(OpenVideo video) => days.DayOf(places[video.Id].UploadAt!.Value);

    private string Next(int day) => $"the next free place is on {PacificDay.Of(days.BeginOf(day)):yyyy-MM-dd} (Pacific time).";
}
