using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_nothing_but_keys_is_used(Browser browser)
{
    [BrowserFact]
    public async Task an_episode_is_found_and_cancelled()
    {
        var word = $"w{Guid.NewGuid():N}"[..12];
        var snapshot = Snapshots.Working($"{word} talk");
        await browser.Site.Have(snapshot);
        var page = await browser.Open("/");
        await page.Keyboard.PressAsync("Tab");
        (await Focused(page)).ShouldBe("Skip to content");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(word);
        await Assertions.Expect(page.Locator(".rows > li")).ToHaveCountAsync(1);
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("q", "the search lost the focus");

        await TabTo(page, $"{word} talk");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"{word} talk");
        await TabTo(page, "Cancel");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("A mistake");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Eventually.Holds(
            () => browser.Site.Commands<CancelEpisode>().Any(cancel => cancel == new CancelEpisode(snapshot.EpisodeId, "local", "A mistake")),
            "it is cancelled");
    }

    private static async Task TabTo(IPage page, string text)
    {
        for (var tabs = 0; await Focused(page) != text; tabs++)
        {
            tabs.ShouldBeLessThan(60, $"no key leads to {text}");
            await page.Keyboard.PressAsync("Tab");
        }
    }

    private static async Task<string> Focused(IPage page) => (await page.EvaluateAsync<string>("document.activeElement.textContent")).Trim();
}
