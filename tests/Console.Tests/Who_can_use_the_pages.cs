using System.Net.Http.Json;
using System.Text.Json;
using Podcast.Contracts;
using Podcast.OperatorsConsole.Tests.Fixtures;

namespace Podcast.OperatorsConsole.Tests;

/// <summary>axe-core finds no barrier that is serious or critical.</summary>
[Collection(InTheBrowser.Name)]
public sealed class Who_can_use_the_pages(Browser browser)
{
    [BrowserTheory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task pages_have_no_barrier(bool dark, bool phone)
    {
        const string Error = "Nobody can use it.";
        var (working, failed) = (Snapshots.Working("How to build APIs").WithHistory(), Snapshots.Failed("On queues", Error).WithHistory());
        await browser.Site.Have(working, failed, Snapshots.Failed("On sagas", Error), Snapshots.Held("A short one"), Snapshots.Done("Done and out"));
        await browser.Site.Tell(new TranscriptCollected(
            working.EpisodeId, 1, "Hello.", "en", [new TranscriptLine(0, 2, "Hello.", "Ann")], TimeProvider.System.GetUtcNow()));
        await browser.Site.SetAside("InvalidOperationException: no queue takes it");
        var run = Guid.NewGuid();
        await new Report { Note = "slowed to 2.5 requests/s" }.Send(browser.Site.Address, run);
        var (cause, job) = await RetryOne(Error);
        var page = await browser.Open("/", dark, phone);
        string[] paths =
        [
            "/console/episodes", $"/console/episodes?q={Guid.NewGuid()}", $"/console/episodes/{working.EpisodeId}",
            $"/console/episodes/{working.EpisodeId}/chapters",
            $"/console/episodes/{failed.EpisodeId}", "/console/failures", "/console/releases", "/console/system",
            "/console/queues/episode_error", $"/console/episodes/{Guid.NewGuid()}",
            "/console/sign-in", "/console/upload",
            "/console/episodes?status=failed", $"/console/jobs/{job}", $"/console/failures/{cause}", "/console/backlog", $"/console/backlog/{run}",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            foreach (var closed in await page.Locator("details summary").AllAsync())
                await closed.ClickAsync();
            (await Browser.Barriers(page)).ShouldBeEmpty(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"{path} is too wide");
        }
    }

    private async Task<(string Cause, Guid Job)> RetryOne(string error)
    {
        using var api = new HttpClient { BaseAddress = browser.Site.Address };
        var causes = (await api.GetFromJsonAsync<JsonElement>("failures")).GetProperty("causes").EnumerateArray();
        var cause = causes.Single(cause => cause.GetProperty("example").GetString() == error).GetProperty("id").GetString()!;
        using var answer = await api.PostAsJsonAsync($"failures/{cause}/retry", new { limit = 1 });
        return (cause, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
    }
}
