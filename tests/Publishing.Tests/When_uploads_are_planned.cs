using Podcast.Publishing.Planning;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests;

public sealed class When_uploads_are_planned
{
    private const int Full = 110; // the units of a video with a thumbnail

    private static readonly DateTimeOffset Now = new(2026, 10, 30, 20, 0, 0, TimeSpan.Zero); // the clocks go back on the 1st
    private readonly YouTubeOptions limits = new() { InsertsPerDay = 2 };

    [Fact]
    public void the_newest_go_first()
    {
        var videos = Videos(5);

        var plan = Plan(videos);

        Days(plan, videos).ShouldBe([2, 1, 1, 0, 0]);
        plan.Places[videos[0].Id].UploadAt.ShouldBe(new DateTimeOffset(2026, 11, 1, 7, 0, 0, TimeSpan.Zero));
        plan.Places[videos[0].Id].Why.ShouldBe(
            "YouTube takes 2 uploads a day from this Google project, newest episodes first: the next free place is on 2026-11-01 (Pacific time).");
    }

    [Fact]
    public void midnight_follows_the_clocks()
    {
        var videos = Videos(9);

        Plan(videos).Places[videos[0].Id].UploadAt.ShouldBe(new DateTimeOffset(2026, 11, 3, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void what_is_spent_today_is_not_planned_again()
    {
        var videos = Videos(2);

        Days(Plan(videos, spentInserts: 1), videos).ShouldBe([1, 0]);
        Days(Plan([.. videos.Select(video => video with { IsUploading = true })], spentInserts: 2), videos).ShouldBe([0, 0]);
    }

    [Fact]
    public void a_day_has_all_units_that_its_videos_need()
    {
        limits.InsertsPerDay = 100;
        var videos = Videos(5, units: 5000);

        Days(Plan(videos, spentUnits: 1), videos).ShouldBe([2, 2, 1, 1, 0]);
        Plan(videos).Places[videos[0].Id].Why.ShouldNotBeNull().ShouldStartWith("It costs 5000 of the 10000 units a day");
    }

    [Fact]
    public void a_paused_channel_leaves_its_places_to_others()
    {
        limits.InsertsPerDay = 1;
        var pause = Now.AddHours(24);
        var videos = Videos(2);
        videos[1] = videos[1] with { PausedUntil = pause };

        var plan = Plan(videos);

        plan.Places[videos[0].Id].UploadAt.ShouldBe(Now);
        plan.Places[videos[1].Id].ShouldBe(new Place(pause, null, "The channel takes no more uploads before (uploadLimitExceeded)."));
    }

    [Fact]
    public void captions_take_what_uploads_leave()
    {
        (limits.InsertsPerDay, limits.UnitsPerDay) = (1, 600);
        var videos = Videos(3, captions: true);

        var plan = Plan(videos);

        Days(plan, videos).ShouldBe([2, 1, 0]);
        CaptionDays(plan, videos).ShouldBe([2, 1, 0]);
    }

    [Fact]
    public void a_backlog_of_250_has_its_days_beforehand()
    {
        limits.InsertsPerDay = 100;
        var videos = Videos(250, units: 60, captions: true);

        var plan = Plan(videos, spentInserts: 100, spentUnits: 10_000);

        PerDay(Days(plan, videos)).ShouldBe([100, 100, 50]);
        PerDay(CaptionDays(plan, videos)).ShouldBe([7, 7, 16, 25, 25, 25, 25, 25, 25, 25, 25, 20]); // what uploads leave, by 400
    }

    [Fact]
    public void reads_of_begun_uploads_break_no_promise()
    {
        limits.InsertsPerDay = 100;
        var videos = Promise(Videos(150, units: 60, captions: true));
        var waiting = videos.Where(video => Day(video.CaptionsAt) > 0).ToArray();
        var begun = videos[60..].ToHashSet(); // they have made their reads, and are still planned with all of them

        var plan = Plan(
            [.. videos.Select(video => video with { IsUploading = begun.Contains(video), WantsCaptions = waiting.Contains(video) })],
            spentInserts: 90, spentUnits: (90 * 10) + ((150 - waiting.Length) * 400));

        CaptionDays(plan, waiting).ShouldBe([.. waiting.Select(video => Day(video.CaptionsAt))]);
    }

    [Fact]
    public void a_promise_leaves_room_for_what_uploads_read()
    {
        (limits.InsertsPerDay, limits.UnitsPerDay) = (10, 1000);
        var captions = Public(1)[0] with { CaptionsAt = Now.AddDays(1) };

        var plan = Plan([captions, .. Videos(10, units: 60)], spentInserts: 10, spentUnits: 1000);

        CaptionDays(plan, [captions]).ShouldBe([2]); // 600 and 400 would leave nothing for a read more than planned
    }

    [Fact]
    public void captions_are_looked_for_with_what_is_left_over()
    {
        limits.UnitsPerDay = 450;
        var waiting = Public(1)[0];
        var attached = Public(2).Select(video => video with { WantsCaptions = false, WantsCheck = true }).ToArray();

        var plan = Plan([waiting, .. attached], spentUnits: 50);

        plan.Places[waiting.Id].CaptionsAt.ShouldBe(Now);
        attached.ShouldAllBe(video => Day(plan.Places[video.Id].CheckAt) == 1);
    }

    [Fact]
    public void a_promise_is_kept_when_newer_captions_come()
    {
        limits.UnitsPerDay = 800;
        var videos = Public(5);
        var promised = Promise(videos);

        var plan = Plan([.. promised, .. Public(3, at: Now.AddHours(1))]);

        CaptionDays(plan, promised).ShouldBe(CaptionDays(Plan(videos), videos));
    }

    [Fact]
    public void a_promise_of_tomorrow_stays_though_today_has_units()
    {
        limits.UnitsPerDay = 800;
        var videos = Promise(Public(4));

        CaptionDays(Plan([videos[0]]), [videos[0]]).ShouldBe([1]);
    }

    [Fact]
    public void a_promise_of_a_far_day_comes_forward()
    {
        var video = Public(1)[0] with { CaptionsAt = Now.AddDays(4) };

        CaptionDays(Plan([video]), [video]).ShouldBe([0]);
    }

    [Fact]
    public void captions_make_way_for_an_upload()
    {
        limits.UnitsPerDay = 400;
        var waiting = Videos(1)[0] with { PausedUntil = Now.AddDays(1) };
        var captions = Public(1)[0] with { CaptionsAt = Now.AddDays(1) };

        CaptionDays(Plan([captions, waiting], spentUnits: 400), [captions]).ShouldBe([2]);
    }

    [Theory]
    [InlineData(170, 0)]
    [InlineData(165, 1)] // the upload may have read ten times already, and is planned with ten more
    public void checks_leave_an_upload_its_reads(int units, int day)
    {
        limits.UnitsPerDay = units;
        var attached = Public(1)[0] with { WantsCaptions = false, WantsCheck = true };

        Day(Plan([attached, .. Videos(1)]).Places[attached.Id].CheckAt).ShouldBe(day);
    }

    [Fact]
    public void spare_units_are_not_promised()
    {
        (limits.UnitsPerDay, limits.SpareUnits) = (1000, 300);
        var videos = Public(2);

        CaptionDays(Plan(videos), videos).ShouldBe([1, 0]);
    }

    [Fact]
    public void what_never_fits_has_no_date_but_a_reason()
    {
        limits.InsertsPerDay = 0;
        var videos = Videos(1);

        var place = Plan(videos).Places[videos[0].Id];

        (place.UploadAt, place.CaptionsAt).ShouldBe((null, null));
        place.Why.ShouldNotBeNull().ShouldContain("never has that many");
    }

    private ProjectPlan Plan(IReadOnlyCollection<OpenVideo> videos, int spentInserts = 0, int spentUnits = 0) =>
        new(videos, spentInserts, spentUnits, limits, Now);

    /// <summary>Oldest first.</summary>
    private static OpenVideo[] Videos(int count, int units = Full, bool captions = false, DateTimeOffset? at = null) =>
    [
        .. Enumerable.Range(0, count).Select(number => new OpenVideo(
            Guid.NewGuid(), (at ?? Now.AddDays(-1)).AddMinutes(number), false, units, null, null, captions, null)),
    ];

    private static OpenVideo[] Public(int count, DateTimeOffset? at = null) =>
        [.. Videos(count, 0, captions: true, at).Select(video => video with { IsUploading = true })];

    private OpenVideo[] Promise(OpenVideo[] videos) =>
        Plan(videos) is var plan ? [.. videos.Select(video => video with { CaptionsAt = plan.Places[video.Id].CaptionsAt })] : [];

    private static int[] Days(ProjectPlan plan, OpenVideo[] videos) => [.. videos.Select(video => Day(plan.Places[video.Id].UploadAt))];

    private static int[] CaptionDays(ProjectPlan plan, OpenVideo[] videos) =>
        [.. videos.Select(video => Day(plan.Places[video.Id].CaptionsAt))];

    private static IEnumerable<int> PerDay(int[] days) => days.GroupBy(day => day).OrderBy(day => day.Key).Select(day => day.Count());

    private static int Day(DateTimeOffset? time) => PacificDay.Of(time!.Value).DayNumber - PacificDay.Of(Now).DayNumber;
}
