using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_episodes_are_looked_through(Browser browser)
{
    private readonly string word = $"w{Guid.NewGuid():N}"[..12];

    [BrowserFact]
    public async Task a_search_and_a_state_keep_what_matches_both()
    {
        await browser.Site.Have(
            Snapshots.Failed($"{word} broken"), Snapshots.Working($"{word} running"), Snapshots.Done("Something else"));
        var page = await browser.Open("/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(word);
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Filter by state" }).GetByText("Failed").ClickAsync();

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);
        await Assertions.Expect(Rows(page)).ToContainTextAsync("broken");
        page.Url.ShouldContain("status=failed");
        page.Url.ShouldContain($"q={word}");
        (await page.Locator(".filters a[aria-current] b").TextContentAsync()).ShouldBe("1");
    }

    [BrowserFact]
    public async Task a_row_shows_a_change_without_a_reload()
    {
        var id = Guid.NewGuid();
        await browser.Site.Have(Snapshots.Working($"{word} now", 40, id));
        var page = await browser.Open($"/console/episodes?q={word}");
        await Browser.IsLive(page);
        await page.EvaluateAsync("window.same = true");
        await page.Locator($"#e-{id} a").FocusAsync();

        await browser.Site.Tell(Snapshots.Working($"{word} now", 75, id, version: 3));
        await Assertions.Expect(page.Locator($"#e-{id} .why")).ToContainTextAsync("75 %");
        await browser.Site.Tell(Snapshots.Done($"{word} now", id));

        await Assertions.Expect(page.Locator($"#e-{id} .pill")).ToHaveTextAsync("Processed");
        (await page.EvaluateAsync<bool>("window.same === true")).ShouldBeTrue("the page was loaded anew");
        (await page.EvaluateAsync<string>("document.activeElement.closest('li')?.id ?? ''")).ShouldBe($"e-{id}", "the focus was lost");
    }

    [BrowserFact]
    public async Task a_new_episode_is_told_of_but_moves_nothing()
    {
        await browser.Site.Have(Snapshots.Working($"{word} first"));
        var page = await browser.Open("/console/episodes");
        await Browser.IsLive(page);
        var before = await Rows(page).AllTextContentsAsync();
        var all = int.Parse((await page.Locator("#n-all").TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture);

        var arrives = Snapshots.Working($"{word} second");
        await browser.Site.Tell(arrives with { CreatedAt = TimeProvider.System.GetUtcNow().AddSeconds(1) });

        await Assertions.Expect(page.Locator("#news")).ToContainTextAsync("new episode");
        await Assertions.Expect(page.Locator("#n-all")).ToHaveTextAsync($"{all + 1}");
        (await Rows(page).CountAsync()).ShouldBe(before.Count);
    }

    [BrowserFact]
    public async Task pages_lead_on_and_back()
    {
        await browser.Site.Have(Enumerable.Range(0, 30).Select(n => Snapshots.Done($"{word} {n}")));
        var page = await browser.Open($"/console/episodes?q={word}");
        var first = await Titles(page);

        await page.GetByText("Older").ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(5);
        (await Titles(page)).Intersect(first).ShouldBeEmpty();
        await page.GetByText("Newer").ClickAsync();

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(25);
        (await Titles(page)).ShouldBe(first);
    }

    [BrowserFact]
    public async Task everything_can_be_done_without_scripts()
    {
        var id = Guid.NewGuid();
        await browser.Site.Have(Snapshots.Failed($"{word} broken", id: id), Snapshots.Done($"{word} fine"));
        var page = await browser.Open("/", scripts: false);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(word);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByText("broken").ClickAsync();
        await page.Locator("#do-retry summary").ClickAsync();
        await page.Locator("#do-retry button").ClickAsync();

        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Retry: asked for");
        await Eventually.Holds(() => browser.Site.Commands<RetryEpisode>().Any(retry => retry.EpisodeId == id), "it is retried");
    }

    [BrowserFact]
    public async Task a_page_stays_live_while_the_server_is_killed()
    {
        using var logs = new TemporaryDirectory();
        var (id, address) = (Guid.NewGuid(), new Uri($"http://127.0.0.1:{Ports.Free()[0]}"));
        var settings = new Dictionary<string, string>
        {
            ["Console__ApiAddress"] = browser.Site.Address.AbsoluteUri,
            ["Console__LocalUser"] = "true",
        };
        await browser.Site.Have(Snapshots.Working("Talk", 10, id));
        var console = await ServiceProcess.Start("Console", address, settings, logs);
        var page = await browser.Open($"/console/episodes?q={id}", site: address);
        await Browser.IsLive(page);
        await console.DisposeAsync(); // SIGKILL
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Reconnecting");
        await browser.Site.Have(Snapshots.Working("Talk", 90, id, version: 7));

        await using var next = await ServiceProcess.Start("Console", address, settings, logs);

        await Assertions.Expect(page.Locator($"#e-{id} .why")).ToContainTextAsync("90 %");
        await Browser.IsLive(page);
    }

    private static ILocator Rows(IPage page) => page.Locator(".rows > li");

    private static async Task<string[]> Titles(IPage page) => [.. await page.Locator(".rows .title").AllTextContentsAsync()];
}
