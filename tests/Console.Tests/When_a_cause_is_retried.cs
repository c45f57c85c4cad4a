using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_a_cause_is_retried(Browser browser) : IDisposable
{
    [BrowserFact]
    public async Task one_goes_first_and_then_the_others()
    {
        var error = $"Nobody knows {Guid.NewGuid():N}".Replace("0", "a", StringComparison.Ordinal);
        var episodes = Enumerable.Range(1, 6).Select(n => Snapshots.Failed($"Talk {n}", error)).ToArray();
        await browser.Site.Have(episodes);
        var page = await browser.Open("/console/failures");
        var cause = page.Locator(".cause", new() { HasText = "Nobody knows" });
        await Assertions.Expect(cause.Locator(".count")).ToHaveTextAsync("6");

        await cause.GetByText("Retry one first").First.ClickAsync();
        await cause.GetByRole(AriaRole.Button, new() { Name = "Retry one first" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 of 1 retried").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("1 failed"); // the orchestrator has not answered yet
        await Eventually.Holds(() => Retried().Length == 1, "the command is out");
        await browser.Site.Tell(Snapshots.Done("Talk", Retried()[0].EpisodeId));
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("1 processed");

        browser.Retried = retry => Snapshots.Done("Talk", retry.EpisodeId);
        await page.GetByRole(AriaRole.Link, new() { Name = "Failures" }).ClickAsync();
        await Assertions.Expect(cause.Locator(".count")).ToHaveTextAsync("5");
        await cause.GetByText("Retry all 5").First.ClickAsync();
        await cause.GetByRole(AriaRole.Button, new() { Name = "Retry all 5" }).ClickAsync();

        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync(["5 processed"]); // there are more of them until all are
        await Assertions.Expect(page.Locator(".rows > li")).ToHaveCountAsync(5);
        Retried().Length.ShouldBe(6);

        RetryEpisode[] Retried() => [.. browser.Site.Commands<RetryEpisode>()
            .Where(retry => episodes.Any(episode => episode.EpisodeId == retry.EpisodeId))];
    }

    public void Dispose() => browser.Retried = null;
}
