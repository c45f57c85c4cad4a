using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_a_cause_is_retried(Browser browser) : IDisposable
{
    [BrowserFact]
    public async Task one_goes_first_and_then_1000_others()
    {
        const int Others = 1000;
        var error = $"Nobody knows {Guid.NewGuid():N}".Replace("0", "a", StringComparison.Ordinal);
        var episodes = Enumerable.Range(0, 1 + Others).Select(n => Snapshots.Failed($"Talk {n}", error)).ToArray();
        await browser.Site.Have(episodes);
        var page = await browser.Open("/console/failures");
        var cause = page.Locator(".cause", new() { HasText = "Nobody knows" });
        await Assertions.Expect(cause.Locator(".count")).ToHaveTextAsync($"{1 + Others}");

        await cause.GetByText("Retry one first").First.ClickAsync();
        await cause.GetByRole(AriaRole.Button, new() { Name = "Retry one first" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 of 1 retried").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("1 failed"); // the orchestrator has not answered yet
        await Eventually.Holds(() => Retried().Length == 1, "the command is out");
        await browser.Site.Tell(Snapshots.Done("Talk", Retried()[0].EpisodeId));
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("1 processed");

        browser.Retried = retry => Snapshots.Done("Talk", retry.EpisodeId);
        await page.GetByRole(AriaRole.Link, new() { Name = "Failures" }).ClickAsync();
        await Assertions.Expect(cause.Locator(".count")).ToHaveTextAsync($"{Others}");
        await cause.GetByText($"Retry all {Others}").First.ClickAsync();
        await cause.GetByRole(AriaRole.Button, new() { Name = $"Retry all {Others}" }).ClickAsync();

        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync([$"{Others} processed"]); // there are more of them until all are
        await Assertions.Expect(page.GetByText($"{Others} of {Others} retried").First).ToBeVisibleAsync();
        var told = new HashSet<string>(await Told(page));
        while (await page.GetByText("Next").CountAsync() > 0)
        {
            await page.GetByText("Next").ClickAsync();
            await Assertions.Expect(page.Locator(".rows > li .pill").First).ToHaveTextAsync("Processed");
            told.UnionWith(await Told(page));
        }

        told.Count.ShouldBe(Others, "each has a line of its own");
        Retried().Length.ShouldBe(1 + Others);

        RetryEpisode[] Retried() => [.. browser.Site.Commands<RetryEpisode>()
            .IntersectBy(episodes.Select(episode => episode.EpisodeId), retry => retry.EpisodeId)];
    }

    [BrowserFact]
    public async Task all_that_match_a_search_are_cancelled()
    {
        var word = $"w{Guid.NewGuid():N}"[..12];
        var episodes = Enumerable.Range(0, 30).Select(n => Snapshots.Working($"{word} {n}")).ToArray();
        await browser.Site.Have([.. episodes, Snapshots.Working("Another"), Snapshots.Failed($"{word} failed")]);
        var page = await browser.Open($"/console/episodes?q={word}&status=processing");

        await page.GetByText("Cancel: all 30").First.ClickAsync();
        await page.GetByLabel("Reason").FillAsync("The guest objects");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel: all 30" }).ClickAsync();

        await Assertions.Expect(page.GetByText("30 of 30 cancelled").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rows > li")).ToHaveCountAsync(30);
        await Eventually.Holds(() => Cancelled().Length == 30, "the commands are out");
        Cancelled().Select(cancel => cancel.EpisodeId).ShouldBe(episodes.Select(episode => episode.EpisodeId), ignoreOrder: true);

        CancelEpisode[] Cancelled() => [.. browser.Site.Commands<CancelEpisode>().Where(cancel => cancel.Why == "The guest objects")];
    }

    private static Task<string[]> Told(IPage page) =>
        page.Locator(".rows > li").EvaluateAllAsync<string[]>("rows => rows.map(row => row.id)");

    public void Dispose() => browser.Retried = null;
}
