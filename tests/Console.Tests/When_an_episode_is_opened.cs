using Microsoft.Playwright;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;
using Podcast.Testing;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_an_episode_is_opened(Browser browser)
{
    private const string Script = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

    [BrowserFact]
    public async Task a_failed_step_is_retried_and_seen_to_end()
    {
        var id = Guid.NewGuid();
        await browser.Site.Have(Snapshots.Failed("Talk", id: id).WithHistory());
        var page = await browser.Open($"/console/episodes/{id}");
        await Browser.IsLive(page);
        await page.Locator("#do-retry summary").ClickAsync();
        await page.Locator("#do-retry").GetByLabel("Reason").FillAsync("Ittybit is back");
        await page.Locator("#do-retry button").ClickAsync();
        await Eventually.Holds(() => browser.Site.Commands<RetryEpisode>().Any(retry => retry.EpisodeId == id), "it is retried");
        browser.Site.Commands<RetryEpisode>().Single(retry => retry.EpisodeId == id).Why.ShouldBe("Ittybit is back");
        await Browser.IsLive(page);

        await browser.Site.Tell(Snapshots.Working("Talk", 20, id, version: 6));
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("Processing");
        await browser.Site.Tell(Snapshots.Done("Talk", id));

        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("Processed");
    }

    [BrowserFact]
    public async Task what_it_waits_for_is_told_in_parts()
    {
        var snapshot = Snapshots.Working("Talk").WithHistory();
        await browser.Site.Have(snapshot);

        var page = await browser.Open($"/console/episodes/{snapshot.EpisodeId}");

        var parts = page.Locator(".waiting > li");
        await Assertions.Expect(parts).ToHaveCountAsync(2);
        await Assertions.Expect(parts.First).ToContainTextAsync("The video · 40 %");
        foreach (var word in new[] { "Since", "Asked about next", "Given up at" })
            await Assertions.Expect(parts.First).ToContainTextAsync(word);
    }

    [BrowserFact]
    public async Task a_refusal_is_told_in_plain_words()
    {
        var snapshot = Snapshots.Failed("Talk");
        await browser.Site.Have(snapshot);
        var page = await browser.Open($"/console/episodes/{snapshot.EpisodeId}", scripts: false); // it does not see the change
        await browser.Site.Have(Snapshots.Done("Talk", snapshot.EpisodeId));

        await page.Locator("#do-retry summary").ClickAsync();
        await page.Locator("#do-retry button").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "That is not possible now. The episode is processed: there is nothing to retry.");
    }

    [BrowserFact]
    public async Task script_in_others_texts_is_shown_as_text()
    {
        var snapshot = Snapshots.Failed(Script, Script);
        await browser.Site.Have(snapshot);
        await browser.Site.Tell(new TranscriptCollected(
            snapshot.EpisodeId, 1, Script, "en", [new TranscriptLine(0, 2, Script, Script)], TimeProvider.System.GetUtcNow()));
        await browser.Site.Tell(Publication(snapshot.EpisodeId, Script));
        using var client = new HttpClient { BaseAddress = browser.Site.Address };
        await Eventually.Holds(
            async () => (await client.GetAsync(new Uri($"/episodes/{snapshot.EpisodeId}/transcript", UriKind.Relative))).IsSuccessStatusCode,
            "the transcript is stored");
        var page = await browser.Open($"/console/episodes/{snapshot.EpisodeId}");
        await Browser.IsLive(page);

        foreach (var place in new[] { "h1", ".lead", ".transcript", ".outputs .error" })
            (await page.Locator(place).First.TextContentAsync())!.ShouldContain(Script, customMessage: place);
        (await page.Locator(".publication .error").TextContentAsync())!.ShouldContain(Script);
        (await page.TitleAsync()).ShouldStartWith("<script>");
        await page.GotoAsync($"/console/episodes?q={snapshot.EpisodeId}");
        await Browser.IsLive(page);
        await browser.Site.Tell(Snapshots.Failed(Script + " again", Script, snapshot.EpisodeId, version: 8)); // also in a live row
        await Assertions.Expect(page.Locator(".rows .title")).ToHaveTextAsync(Script + " again");
        (await page.TitleAsync()).ShouldNotBe("taken");
    }

    [BrowserFact]
    public async Task chapters_follow_the_player()
    {
        var snapshot = Snapshots.Done("Talk");
        await browser.Site.Have(snapshot);
        var page = await browser.Open("/console/episodes");
        var path = $"/console/episodes/{snapshot.EpisodeId}";
        await page.GotoAsync($"{path}/chapters");
        await Assertions.Expect(page.Locator("#chapters")).ToHaveTextAsync("There are none: the length of the episode is unknown.");
        await page.RouteAsync("**/chapters", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = """
                <div id="chapters" hx-morph-skip><ol data-player="#player"><li data-start="0" data-end="60"><button>Hello</button></li>
                <li data-start="60" data-end="99"><button>Middle</button></li></ol></div>
                """,
        }));

        await page.GotoAsync(path);
        await Assertions.Expect(page.Locator("#chapters li")).ToHaveCountAsync(2);
        await page.EvaluateAsync(
            "Object.defineProperty(document.querySelector('#player'), 'currentTime', { value: 61 }).dispatchEvent(new Event('timeupdate'))");

        await Assertions.Expect(page.Locator("#chapters .now")).ToHaveTextAsync("Middle");
    }

    [BrowserFact]
    public async Task text_for_support_has_no_secret()
    {
        var snapshot = Snapshots.Done("Talk");
        await browser.Site.Have(snapshot);
        var page = await browser.Open($"/console/episodes/{snapshot.EpisodeId}");

        var text = (await page.Locator("#support-text").TextContentAsync())!;

        text.ShouldContain(snapshot.EpisodeId.ToString());
        text.ShouldContain("you.ittybit.net");
        (await page.ContentAsync()).ShouldNotContain("signature=secret");
    }

    private static PublicationChanged Publication(Guid id, string reason) => new(
        id, PublishingChannel.Youtube, 1, "local", PublicationStatus.Failed, "upload", reason, "Connect it again.", null, null, null, 0, null,
        null, [], TimeProvider.System.GetUtcNow());
}
