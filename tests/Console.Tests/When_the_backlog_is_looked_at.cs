using Microsoft.Playwright;
using Podcast.OperatorsConsole.Tests.Fixtures;

namespace Podcast.OperatorsConsole.Tests;

[Collection(InTheBrowser.Name)]
public sealed class When_the_backlog_is_looked_at(Browser browser)
{
    [BrowserFact]
    public async Task a_run_shows_how_far_it_is_and_then_its_end()
    {
        var id = Guid.NewGuid();
        var report = new Report { Table = "archive.media", Note = "slowed to 2.5 requests/s" };
        await report.Send(browser.Site.Address, id);
        var page = await browser.Open("/console/backlog");
        await Assertions.Expect(page.Locator($"#run-{id}")).ToContainTextAsync("Sent 1,200 of 4,000, 7 failed, 18 min left: slowed to 2.5");

        await page.GetByRole(AriaRole.Link, new() { Name = "archive.media" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("Running");
        var end = new { at = report.StartedAt, exit_code = 1, text = "Done. <b>3</b> failed." };
        await (report with { Number = 2, End = end }).Send(browser.Site.Address, id);

        await Assertions.Expect(page.Locator(".head .pill")).ToHaveTextAsync("Failed"); // without a reload
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Done. <b>3</b> failed.");
        await Assertions.Expect(page.Locator(".rows > li").First).ToContainTextAsync("Bad url");
    }
}
