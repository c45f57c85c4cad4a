using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_releases_are_looked_at(Browser browser)
{
    private static readonly DateTimeOffset Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    [BrowserFact]
    public async Task each_says_when_it_goes_and_why_then()
    {
        var episode = Snapshots.Done("Waits for quota");
        var page = await Open(episode, PublicationStatus.Publishing, Tomorrow, "YouTube takes 100 uploads a day from this Google project.");

        var release = page.Locator($"[id='{episode.EpisodeId}-youtube']");
        await Assertions.Expect(release).ToContainTextAsync("Waits for quota");
        await Assertions.Expect(release).ToContainTextAsync("YouTube takes 100 uploads a day");
        await Assertions.Expect(release.Locator("time")).ToHaveAttributeAsync("datetime", $"{Tomorrow.UtcDateTime:O}");
        await Assertions.Expect(release.GetByText("Approve")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task one_that_waits_for_a_person_can_be_approved()
    {
        var episode = Snapshots.Done("Waits for Olga");
        var page = await Open(episode, PublicationStatus.AwaitsApproval, null, null);

        await page.Locator($"[id='do-{episode.EpisodeId}-youtube'] summary").ClickAsync();
        await page.Locator($"[id='do-{episode.EpisodeId}-youtube'] button").ClickAsync();

        await Eventually.Holds(
            () => browser.Site.Commands<ApprovePublication>().Any(approval => approval.EpisodeId == episode.EpisodeId), "it is approved");
    }

    private async Task<IPage> Open(EpisodeChanged episode, PublicationStatus status, DateTimeOffset? at, string? why)
    {
        await browser.Site.Have(episode);
        await browser.Site.Tell(new PublicationChanged(
            episode.EpisodeId, PublishingChannel.Youtube, 1, "local", status, "prepare", why, null, at, null, null, 0, null, null, [],
            TimeProvider.System.GetUtcNow(), at, null, why));
        var page = await browser.Open("/console/releases");
        await Eventually.Holds(
            async () =>
            {
                await page.ReloadAsync();
                return await page.GetByText(episode.Title).CountAsync() > 0;
            },
            "the release is shown");
        return page;
    }
}
