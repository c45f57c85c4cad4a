using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>
/// Takes the pictures of docs/console: <c>PODCAST_PICTURES=$PWD/docs/console ./test.sh Console</c>. Without the variable they are taken
/// and thrown away.
/// </summary>
public sealed class The_pictures : IAsyncLifetime
{
    private const int Largest = 100_000; // bytes
    private readonly Browser browser = new();
    private readonly TemporaryDirectory thrownAway = new();

    public Task InitializeAsync() => browser.InitializeAsync();

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        thrownAway.Dispose();
    }

    [BrowserFact]
    public async Task of_the_docs_are_small()
    {
        var opened = await Episodes();
        var directory = Environment.GetEnvironmentVariable("PODCAST_PICTURES") is { Length: > 0 } given ? given : thrownAway.Path;
        foreach (var (name, path, dark, phone) in new (string, string, bool, bool)[]
        {
            ("episodes-light", "/console/episodes", false, false), ("episodes-dark", "/console/episodes", true, false),
            ("episodes-phone", "/console/episodes", false, true), ("episode-light", $"/console/episodes/{opened}", false, false),
            ("episode-dark", $"/console/episodes/{opened}", true, false), ("episode-phone", $"/console/episodes/{opened}", true, true),
            ("failures-light", "/console/failures", false, false), ("system-dark", "/console/system", true, false),
        })
        {
            var page = await browser.Open(path, dark, phone);
            if (path.StartsWith("/console/episodes", StringComparison.Ordinal))
                await Browser.IsLive(page);
            var picture = Path.Combine(directory, $"{name}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = picture });
            new FileInfo(picture).Length.ShouldBeLessThan(Largest, name);
            await page.Context.CloseAsync();
        }
    }

    private async Task<Guid> Episodes()
    {
        var opened = Snapshots.Working("How to build APIs that last", 62, version: 9).WithHistory();
        await browser.Site.Have(
            Snapshots.Done("Queues, or what to do with a million messages"), Snapshots.Done("A talk with Ada about engines"),
            Snapshots.Failed("The outbox pattern, explained twice"), Snapshots.Failed("Why sagas fail"), Snapshots.Failed("Time is not a number"),
            Snapshots.Failed("Live from the studio", "There is no sound in the file."), Snapshots.Held("A short one"),
            Snapshots.Done("Naming things"), Snapshots.Working("Backups nobody has tried", 8), opened);
        await browser.Site.Tell(new PublicationChanged(
            opened.EpisodeId, PublishingChannel.Transistor, 1, "local", PublicationStatus.AwaitsApproval, "approve", null, null, null, null,
            null, 0, null, null, [], TimeProvider.System.GetUtcNow()));
        await browser.Site.Tell(new TranscriptCollected(
            opened.EpisodeId, 1, "Welcome.", "en",
            [
                new TranscriptLine(0, 4, "Welcome to the show. Today: interfaces that outlive their authors.", "Ann"),
                new TranscriptLine(4, 9, "I brought three that did, and one that should not have.", "Ben"),
            ],
            TimeProvider.System.GetUtcNow()));
        return opened.EpisodeId;
    }
}
