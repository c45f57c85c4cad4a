using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>
/// Takes the pictures of docs/console where it is told to: <c>PODCAST_PICTURES=$PWD/docs/console ./test.sh Console</c>.
/// </summary>
public sealed class The_pictures : IAsyncLifetime
{
    private const int Largest = 100_000; // bytes
    private readonly Browser browser = new();
    private readonly string? directory = Environment.GetEnvironmentVariable("PODCAST_PICTURES");

    public Task InitializeAsync() => directory is null ? Task.CompletedTask : browser.InitializeAsync();

    public Task DisposeAsync() => directory is null ? Task.CompletedTask : browser.DisposeAsync();

    [BrowserFact]
    public async Task of_the_docs_are_small()
    {
        if (directory is not null)
            await Take(directory);

        foreach (var picture in Directory.GetFiles(Docs(), "*.png"))
            new FileInfo(picture).Length.ShouldBeLessThan(Largest, picture);
    }

    private async Task Take(string into)
    {
        var opened = await Episodes();
        foreach (var (name, path, dark, phone) in new (string, string, bool, bool)[]
        {
            ("episodes-light", "/console/episodes", false, false), ("episodes-dark", "/console/episodes", true, false),
            ("episodes-phone", "/console/episodes", false, true), ("episode-light", $"/console/episodes/{opened}", false, false),
            ("failures-light", "/console/failures", false, false), ("upload-light", "/console/upload", false, false),
            ("releases-dark", "/console/releases", true, false),
            ("system-light", "/console/system", false, false),
            ("queue-light", "/console/queues/episode_error", false, false),
            ("backlog-light", $"/console/backlog/{await Runs()}", false, false),
        })
        {
            var page = await browser.Open(path, dark, phone);
            if (path.StartsWith("/console/episodes", StringComparison.Ordinal))
                await Browser.IsLive(page);
            if (path == "/console/upload")
                await page.SetInputFilesAsync("#file", Path.Combine(Docs(), "../../samples/episode.mp4"));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(into, $"{name}.png") });
            await page.Context.CloseAsync();
        }
    }

    private static string Docs([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/console"));

    private async Task<Guid> Episodes()
    {
        var opened = Snapshots.Working("How to build APIs that last", 62, version: 9).WithHistory();
        await browser.Site.Have(
            Snapshots.Done("Queues, or what to do with a million messages"), Snapshots.Done("A talk with Ada about engines"),
            Snapshots.Failed("The outbox pattern, explained twice"), Snapshots.Failed("Why sagas fail"), Snapshots.Failed("Time is not a number"),
            Snapshots.Failed("Live from the studio", "There is no sound in the file."), Snapshots.Held("A short one"),
            Snapshots.Done("Naming things"), Snapshots.Working("Backups nobody has tried", 8), opened);
        await Releases(opened.EpisodeId);
        await browser.Site.Tell(new TranscriptCollected(
            opened.EpisodeId, 1, "Welcome.", "en",
            [
                new TranscriptLine(0, 4, "Welcome to the show. Today: interfaces that outlive their authors.", "Ann"),
                new TranscriptLine(4, 9, "I brought three that did, and one that should not have.", "Ben"),
            ],
            TimeProvider.System.GetUtcNow()));
        return opened.EpisodeId;
    }

    private async Task<Guid> Runs()
    {
        var (ended, running) = (Guid.NewGuid(), Guid.NewGuid());
        var report = new Report { Table = "archive.media", Note = "slowed to 2.5 requests/s" };
        await report.Send(browser.Site.Address, running);
        await (report with { End = new { at = report.StartedAt, exit_code = 0, text = "Done. 310 completed, 0 failed." } })
            .Send(browser.Site.Address, ended);
        return running;
    }

    private async Task Releases(Guid opened)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (waits, held) = (Snapshots.Done("Interfaces, and who lives behind them"), Snapshots.Done("An interview before the election"));
        await browser.Site.Have(waits, held);
        var change = new PublicationChanged(
            opened, PublishingChannel.Transistor, 1, "local", PublicationStatus.AwaitsApproval, "release", null, null, null, null, null, 0,
            null, null, [], now);
        PublicationChanged[] changes =
        [
            change,
            change with
            {
                EpisodeId = waits.EpisodeId, Channel = PublishingChannel.Youtube, Status = PublicationStatus.Publishing, Step = "prepare",
                DueAt = now.AddHours(9), PlannedAt = now.AddHours(9),
                PlannedWhy = "YouTube takes 100 uploads a day from this Google project, newest episodes first: the next free place is tomorrow.",
            },
            change with
            {
                EpisodeId = held.EpisodeId, Status = PublicationStatus.Publishing, HeldBy = "olga", HeldWhy = "The guest wants to hear it first.",
                ReleaseAt = now.AddDays(3),
            },
        ];
        foreach (var one in changes)
            await browser.Site.Tell(one);
        foreach (var (bucket, spent, limit, captions) in new[] { ("inserts", 100, 100, 0), ("units", 8210, 10_000, 400) })
            await browser.Site.Tell(new QuotaSpent(PublishingChannel.Youtube, "1234", bucket, spent, limit, captions, now.AddHours(9), now));
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        await Testing.Eventually.Holds(
            async () => (await client.GetStringAsync(new Uri("/releases/quotas", UriKind.Relative))).Contains("units", StringComparison.Ordinal)
                && (await client.GetStringAsync(new Uri("/releases/plan", UriKind.Relative))).Contains("olga", StringComparison.Ordinal),
            "the releases are known");
    }
}
