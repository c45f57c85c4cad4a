using Microsoft.Playwright;
using Podcast.OperatorsConsole.Tests.Fixtures;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_the_system_is_looked_at(Browser browser)
{
    [BrowserFact]
    public async Task failed_messages_say_why_and_script_in_them_is_text()
    {
        var page = await browser.Open("/console/system");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "check-outputs" })).ToContainTextAsync("nobody");

        await page.GetByRole(AriaRole.Link, new() { Name = "episode_error" }).ClickAsync();

        var first = page.Locator(".causes .cause").First;
        await Assertions.Expect(first).ToContainTextAsync(BrokerStub.Fault);
        await Assertions.Expect(first.Locator(".count")).ToHaveTextAsync("3");
        await Assertions.Expect(page).ToHaveTitleAsync("episode_error – Podcast");
        await Assertions.Expect(page.Locator("details summary")).ToHaveTextAsync("Move back");
    }

    [BrowserFact]
    public async Task message_set_aside_is_sent_again_and_it_is_kept_why()
    {
        await browser.Site.SetAside("InvalidOperationException: no queue takes it");
        var page = await browser.Open("/console/system");

        await page.Locator("[id='send-ingest-1'] summary").ClickAsync();
        await page.Locator("[id='send-ingest-1'] input[name=why]").FillAsync("the queue is there now");
        await page.Locator("[id='send-ingest-1'] button").ClickAsync();

        await Assertions.Expect(page.Locator(".history")).ToContainTextAsync("the queue is there now");
    }
}
