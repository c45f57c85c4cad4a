using Microsoft.EntityFrameworkCore;
using Podcast.Publishing.Data;
using Podcast.Publishing.Planning;
using Podcast.Publishing.Publications;
using Podcast.Publishing.YouTube;

namespace Podcast.Publishing.Tests;

/// <summary>The publisher as it ships, on SQLite, with YouTube's prices, and a clock that is put forward day by day.</summary>
public sealed class When_250_episodes_wait : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private readonly byte[] video = Samples.Bytes(1000);
    private readonly ShiftedClock clock = new();
    private Platforms platforms = null!;
    private Publisher publisher = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await publisher.DisposeAsync();
        await platforms.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task all_go_out_in_three_days_the_newest_first()
    {
        await Start(inserts: 100, units: 10_000);
        var planned = await Wait(CaptionsPolicy.Off, 250);

        await Live();

        var rows = await Rows(); // newest first
        Kept(rows, row => (row.UploadPaidOn, Day(planned[row.CorrelationId].PlannedAt)));
        rows.Select(row => row.UploadPaidOn).ShouldBeInOrder();
        Counted(100, 100, 50);
    }

    [Fact]
    public Task a_tenth_of_them_gets_its_captions_as_promised() => Follow(25, inserts: 10, units: 1000, captionsADay: 2, 10, 10, 5);

    [Fact]
    [Trait("Length", "minutes")]
    public Task trailing_captions_follow_as_promised() => Follow(250, inserts: 100, units: 10_000, captionsADay: 25, 100, 100, 50);

    private async Task Follow(int episodes, int inserts, int units, int captionsADay, params int[] uploads)
    {
        await Start(inserts, units);
        var planned = await Wait(CaptionsPolicy.Trailing, episodes);

        await Live();

        var rows = await Rows();
        Kept(rows, row => (row.UploadPaidOn, Day(planned[row.CorrelationId].PlannedAt)));
        Kept(rows, row => (row.CaptionsPaidOn, Day(planned[row.CorrelationId].CaptionsPlannedAt)));
        rows.GroupBy(row => row.CaptionsPaidOn).Max(day => day.Count()).ShouldBe(captionsADay);
        platforms.YouTube.Videos.ShouldAllBe(one => one.Captions.Count == 1);
        Counted(uploads);
    }

    private async Task Start(int inserts, int units)
    {
        clock.GoTo(new DateTimeOffset(2026, 10, 30, 17, 0, 0, TimeSpan.Zero)); // two days before the clocks go back
        platforms = await Platforms.Start(directory, clock, options =>
        {
            (options.ProcessingTime, options.ChannelUploadsPerDay) = (TimeSpan.Zero, 1000);
            (options.InsertsPerDay, options.UnitsPerDay) = (inserts, units);
        });
        publisher = await Publisher.Start(
            platforms, directory, clock, ("YouTube:InsertsPerDay", $"{inserts}"), ("YouTube:UnitsPerDay", $"{units}"),
            ("Publishing:UnansweredAfter", "01:00:00"), ("Publishing:PlanInterval", "00:00:01"));
        await publisher.In(async (YouTubeQuota quota) => // today is used up
            await quota.TrySpend(Platforms.Client, YouTubeQuota.Inserts, inserts, default)
            && await quota.TrySpend(Platforms.Client, YouTubeQuota.Units, units, default));
    }

    /// <summary>Lets all come, and returns what was told of each last.</summary>
    private async Task<Dictionary<Guid, PublicationChanged>> Wait(CaptionsPolicy captions, int episodes)
    {
        await publisher.Hears(Samples.Changed(Samples.Show(transistor: false, captions: captions)));
        foreach (var number in Enumerable.Range(0, episodes))
        {
            var episode = Samples.Episode(platforms, video, at: clock.GetUtcNow().AddHours(-(7 * number % episodes)));
            await publisher.Bus.Publish(episode with
            {
                Outputs = [.. episode.Outputs.Where(one => one.Kind is TaskKind.VideoTranscode or TaskKind.TranscriptGeneration)],
            });
        }

        await Eventually.Holds(
            () => publisher.In(async (PublishingDbContext database) =>
                await database.Publications.CountAsync(row => row.Waits > 0 && !row.IsAsked) == episodes),
            "all wait", TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => IsPlanned(episodes), "all are planned", TimeSpan.FromMinutes(5));
        var versions = (await Rows()).ToDictionary(row => row.CorrelationId, row => row.Version);
        await Eventually.Holds(() => Told().Count(one => one.Value.Version == versions[one.Key]) == episodes, "all is told");
        return Told();
    }

    /// <summary>Puts the clock to each next time of the plan, until all is done.</summary>
    private async Task Live()
    {
        while (await publisher.In((PublishingDbContext database) => database.Publications.MinAsync(row => row.DueAt)) is { } next)
        {
            clock.GoTo(next.AddMinutes(1));
            await Eventually.Holds(
                () => publisher.In((PublishingDbContext database) =>
                {
                    var soon = clock.GetUtcNow().AddMinutes(10);
                    return database.Publications.AllAsync(row => row.DueAt == null || (!row.IsAsked && row.DueAt > soon));
                }),
                "all of the day is done", TimeSpan.FromMinutes(5));
        }
    }

    private static void Kept(IEnumerable<Publication> rows, Func<Publication, (DateOnly? Done, DateOnly Planned)> days) =>
        rows.Select(days).Where(one => one.Done != one.Planned).Take(5).ShouldBeEmpty();

    private void Counted(params int[] uploads)
    {
        var days = platforms.YouTube.Quota.OrderBy(day => day.Day).ToList();
        days.Select(day => day.Inserts).Where(count => count > 0).ShouldBe(uploads);
        days.ShouldAllBe(day => day.Refused == 0); // the emulator refuses what is beyond the quota
        platforms.YouTube.Videos.Count.ShouldBe(uploads.Sum());
        platforms.YouTube.Videos.ShouldAllBe(one => one.Privacy == "public");
    }

    private Task<bool> IsPlanned(int episodes) => publisher.In(async (Plans plans) =>
    {
        var plan = await plans.Make(default);
        return plan.Rows.Count == episodes && plan.Rows.All(row => plan.PlaceOf(row.Id) is { } place
            && place.UploadAt == row.PlannedAt && place.CaptionsAt == row.CaptionsPlannedAt);
    });

    private Dictionary<Guid, PublicationChanged> Told() => publisher.Recorder.Published<PublicationChanged>()
        .GroupBy(change => PublicationId.Of(change.EpisodeId, change.Channel))
        .ToDictionary(changes => changes.Key, changes => changes.MaxBy(change => change.Version)!);

    private Task<List<Publication>> Rows() => publisher.In((PublishingDbContext database) =>
        database.Publications.AsNoTracking().OrderByDescending(row => row.EpisodeAt).ToListAsync());

    private static DateOnly Day(DateTimeOffset? time) => PacificDay.Of(time!.Value);
}
