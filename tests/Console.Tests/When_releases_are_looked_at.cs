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

        await page.Locator($"[id='do-{episode.EpisodeId}-youtube-approve'] summary").ClickAsync();
        await page.Locator($"[id='do-{episode.EpisodeId}-youtube-approve'] button").ClickAsync();

        await Eventually.Holds(
            () => browser.Site.Commands<ApprovePublication>().Any(approval => approval.EpisodeId == episode.EpisodeId), "it is approved");
    }

    [BrowserFact]
    public async Task one_on_its_way_is_moved_and_held_with_a_reason()
    {
        var episode = Snapshots.Done("Waits for the guest");
        await browser.Site.Tell(new QuotaSpent(PublishingChannel.Youtube, "1234", "units", 9200, 10_000, 400, Tomorrow, Tomorrow));
        var page = await Open(episode, PublicationStatus.Publishing, Tomorrow, null);
        await Assertions.Expect(page.Locator(".quotas")).ToContainTextAsync("9,200 of 10,000 · captions of 2 more videos");
        var move = page.Locator($"[id='do-{episode.EpisodeId}-youtube-move']");
        await move.Locator("summary").ClickAsync();
        await move.GetByLabel("Becomes public at").FillAsync("2030-01-02T03:04");
        await move.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Move: asked for");
        var hold = page.Locator($"[id='do-{episode.EpisodeId}-youtube-hold']");
        await hold.Locator("summary").ClickAsync();
        await hold.GetByLabel("Reason").FillAsync("The guest is ill");
        await hold.GetByRole(AriaRole.Button).ClickAsync();

        await Eventually.Holds(() => Of<HoldPublication>().Any(command => command.EpisodeId == episode.EpisodeId), "it is held");
        Of<HoldPublication>().Single(command => command.EpisodeId == episode.EpisodeId).Why.ShouldBe("The guest is ill");
        Of<MoveRelease>().Single(command => command.EpisodeId == episode.EpisodeId).To
            .ShouldBe(new DateTimeOffset(2030, 1, 2, 3, 4, 0, TimeSpan.Zero));

        IReadOnlyList<TCommand> Of<TCommand>() => browser.Site.Commands<TCommand>();
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
